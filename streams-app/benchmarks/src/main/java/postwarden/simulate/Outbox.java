package postwarden.simulate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a host still has to deliver, and when it tries again. */
final class Outbox {
    /** So many failures to connect in a row, and Postfix asks nobody there for a while. */
    private static final int DEAD_AFTER = 5;

    private static final long LIFETIME = 5 * Agenda.DAY;

    private final Station station;
    private final Agenda agenda;
    private final Chance chance;
    private final Map<Site, Health> health = new HashMap<>();
    /** Shortest and longest wait between two attempts: Postfix's minimal_backoff_time and maximal_backoff_time. */
    private long least = 300 * Agenda.SECOND;

    private long most = 4000 * Agenda.SECOND;
    private boolean backsOff = true;
    private double slowerBy;
    private Way way = Site::answer;

    /** What this host meets on its way to a site. */
    @FunctionalInterface
    interface Way {
        Answer meets(Site site, Site.Try attempt);
    }

    private static final class Health {
        int failures;
        long deadUntil;
        Answer last = Answer.sent(0, 0);
    }

    /** One recipient's copy. */
    private final class Copy implements Agenda.Actor {
        final Mail mail;
        final String to;
        final Site site;
        int attempts;

        Copy(Mail mail, String to, Site site) {
            this.mail = mail;
            this.to = to;
            this.site = site;
        }

        @Override
        public void act(long now) {
            attempts++;
            if (attempts > 1) {
                station.mail.again(now, mail.id, mail.from, 1);
            }
            Answer answer = answer(now);
            long took = (long) ((answer.setup() + answer.transmission()) * Agenda.SECOND);
            double age = (double) (now - mail.came) / Agenda.SECOND;
            station.mail.tried(now + took, mail.id, to, site, answer, age);
            if (answer.isFinal() || now - mail.came > LIFETIME) {
                mail.left--;
                if (mail.left == 0) {
                    station.mail.done(now + took + 1, mail.id);
                }
            } else {
                agenda.at(now + took + pause(now - mail.came), this);
            }
        }

        private Answer answer(long now) {
            Health seen = health.computeIfAbsent(site, any -> new Health());
            if (backsOff && now < seen.deadUntil) {
                return seen.last.repeated();
            }
            Answer answer =
                    way.meets(site, new Site.Try(station, site, mail.from, to, attempts, now - mail.came, now, chance));
            if (slowerBy > 0) {
                answer = answer.slower(slowerBy);
            }
            boolean failed = answer.stage() == Answer.Stage.CONNECT
                    || answer.stage() == Answer.Stage.NO_CONNECTION
                    || answer.stage() == Answer.Stage.NO_NAME;
            seen.failures = failed ? seen.failures + 1 : 0;
            if (seen.failures >= DEAD_AFTER) {
                seen.deadUntil = now + Agenda.MINUTE;
                seen.failures = 0;
                seen.last = answer;
            }
            return answer;
        }
    }

    private static final class Mail {
        final String id;
        final String from;
        final long came;
        int left;

        Mail(String id, String from, long came, int left) {
            this.id = id;
            this.from = from;
            this.came = came;
            this.left = left;
        }
    }

    /** Where one copy goes. */
    record To(String address, Site site) {}

    Outbox(Station station, Agenda agenda, Chance chance) {
        this.station = station;
        this.agenda = agenda;
        this.chance = chance;
    }

    /** Delivers a message that was just accepted. */
    void send(long now, String id, String from, List<To> to) {
        Mail mail = new Mail(id, from, now, to.size());
        for (To one : to) {
            agenda.at(now + Agenda.SECOND / 4 + chance.part(Agenda.SECOND), new Copy(mail, one.address(), one.site()));
        }
    }

    /** From now on it tries again sooner, and whether or not the other side just refused. */
    void insist(long pause) {
        least = pause;
        most = pause;
        backsOff = false;
    }

    /** From now on it tries again as Postfix does by itself. */
    void behave() {
        least = 300 * Agenda.SECOND;
        most = 4000 * Agenda.SECOND;
        backsOff = true;
    }

    /** From now on this is what it meets with everybody. */
    void meet(Way other) {
        way = other;
    }

    /** From now on it takes so many seconds longer to reach anybody. */
    void slow(double seconds) {
        slowerBy = seconds;
    }

    private long pause(long age) {
        long law = Math.max(least, Math.min(most, age));
        return law + chance.part(law / 5);
    }
}
