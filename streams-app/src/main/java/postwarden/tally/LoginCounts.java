package postwarden.tally;

import postwarden.event.Event;
import postwarden.event.Field;

/** Attempts to log in, one each. */
final class LoginCounts {
    /** Role of the names of clients whose credentials a server refused. */
    private static final String REFUSED = "refused:";

    private LoginCounts() {}

    static void login(Event event, Tally tally, Watch watch) {
        long times = event.weight();
        switch (event.kind()) {
            case AUTH_SUCCESS -> succeeded(event, tally, watch, times);
            case AUTH_FAILURE -> failed(event, tally, watch, times);
            case AUTH_ERROR -> tally.add(Count.AUTH_ERRORS, times, event);
            case NO_AUTH -> tally.add(Count.NO_AUTH, times);
            default -> tally.add(Count.PROTOCOL_ABUSES, times);
        }
    }

    /** Somebody is logged in as the account; also told by the first message of a session. */
    static void succeeded(Event event, Tally tally, Watch watch, long times) {
        if (watch == Watch.SERVER) {
            tally.add(Count.AUTH_SUCCESSES, times);
            String from = event.has(Field.AMBIGUOUS) ? "" : event.text(Field.CLIENT_IP, "");
            if (!from.isEmpty()) {
                tally.note(Distinct.SUCCESS_CLIENTS, Networks.client(from));
            }
            return;
        }
        if (watch == Watch.CLIENT) {
            // Most of a busy server's lines, and no evidence against an address: its accounts are named below.
            tally.add(Count.AUTH_SUCCESSES, times);
            if (isMailbox(event) && SessionCounts.isSixteenth(event)) {
                tally.add(Count.LOGIN_SAMPLES, times, event);
            }
        } else {
            tally.add(Count.AUTH_SUCCESSES, times, event);
        }
        String ip = event.text(Field.CLIENT_IP, "");
        if (watch == Watch.CLIENT) {
            String account = Addresses.account(event);
            if (!account.isEmpty()) {
                tally.note(Distinct.SUCCESS_ACCOUNTS, account).name("account:" + account, times);
            }
        } else if (!ip.isEmpty()) {
            String client = Networks.client(ip);
            tally.note(Distinct.CLIENTS, client)
                    .note(Distinct.SUCCESS_CLIENTS, client)
                    .note(Distinct.SUCCESS_NETWORKS, Networks.site(ip))
                    .name("client:" + client, times);
            service(event, tally, times);
            if (event.has(Field.AFTER_REFUSAL)) {
                tally.add(Count.LOGINS_AFTER_REFUSAL, times, event);
            }
        }
    }

    private static boolean isMailbox(Event event) {
        String service = event.text(Field.SERVICE, "");
        return service.equals("imap") || service.equals("pop3");
    }

    private static void failed(Event event, Tally tally, Watch watch, long times) {
        long fresh = fresh(event, watch, event.number(Field.ATTEMPTS, 1) * times);
        if (fresh > 0) {
            tally.add(Count.AUTH_FAILURES, fresh, event);
        }
        // What is counted once however often it comes may be told by the second line of an attempt only.
        if (watch == Watch.SERVER) {
            failedAt(event, tally, fresh);
        } else {
            failedBy(event, tally, watch, fresh);
        }
        if (event.has(Field.PASSWORD_HASH)) {
            tally.note(Distinct.PASSWORDS, event.text(Field.PASSWORD_HASH, ""));
            if (watch != Watch.SERVER) {
                tally.add(Count.HASHED_FAILURES, times);
            }
        }
    }

    private static void failedAt(Event event, Tally server, long fresh) {
        String account = Addresses.account(event);
        if (account.isEmpty()) {
            server.add(Count.NAMELESS_FAILURES, fresh);
        } else {
            server.note(Distinct.FAILURE_ACCOUNTS, account);
            if (event.has(Field.PASSWORD_HASH)) {
                server.note(Distinct.HASHED_ACCOUNTS, account);
            }
        }
        String ip = event.has(Field.AMBIGUOUS) ? "" : event.text(Field.CLIENT_IP, "");
        String client = ip.isEmpty() ? "" : Networks.client(ip);
        if (!client.isEmpty()) {
            server.note(Distinct.FAILURE_CLIENTS, client);
            if (!account.isEmpty()) {
                server.note(Distinct.FAILURE_ACCOUNTS_BY_CLIENTS, group(client) + account);
            }
            name(server, REFUSED, client, fresh);
        }
    }

    /** One of eight groups of clients, as one letter, the same everywhere and always: neighbours are spread over all of them. */
    private static char group(String client) {
        return (char) ('a' + ((client.hashCode() * 0x9E3779B9) >>> 29));
    }

    /** Refused logins that the line adds: an earlier line may have counted for the host and could not name this one. */
    static long fresh(Event event, Watch watch, long otherwise) {
        long all = event.number(Field.FRESH_ATTEMPTS, otherwise);
        return switch (watch) {
            case CLIENT -> event.number(Field.FRESH_FOR_CLIENT, all);
            case ACCOUNT -> event.number(Field.FRESH_FOR_ACCOUNT, all);
            default -> all;
        };
    }

    private static void failedBy(Event event, Tally tally, Watch watch, long fresh) {
        String ip = event.has(Field.AMBIGUOUS) ? "" : event.text(Field.CLIENT_IP, "");
        if (watch == Watch.CLIENT) {
            String account = Addresses.account(event);
            if (!account.isEmpty()) {
                tally.note(Distinct.FAILURE_ACCOUNTS, account);
                name(tally, "account:", account, fresh);
            }
        } else if (!ip.isEmpty()) {
            String client = Networks.client(ip);
            tally.note(Distinct.CLIENTS, client).note(Distinct.FAILURE_CLIENTS, client);
            name(tally, "client:", client, fresh);
            service(event, tally, fresh);
        }
    }

    private static void service(Event event, Tally tally, long times) {
        if (event.has(Field.SERVICE)) {
            name(tally, "service:", event.text(Field.SERVICE, ""), times);
        }
    }

    private static void name(Tally tally, String role, String name, long times) {
        if (times > 0) {
            tally.name(role + name, times);
        }
    }
}
