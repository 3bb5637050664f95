package postwarden.simulate;

/** What Pure-FTPd writes; the words are those of 1.0.50. */
final class FtpLog {
    private static final String FTP = "pure-ftpd";

    private final Station station;
    private final Chance chance;

    FtpLog(Station station, Chance chance) {
        this.station = station;
        this.chance = chance;
    }

    /** Somebody logs in and puts some files. */
    void puts(long at, Client client, String user, int files) {
        station.write(at, FTP, -1, "(?@" + client.ip() + ") [INFO] New connection from " + client.ip());
        station.write(at + 100_000, FTP, -1, "(?@" + client.ip() + ") [INFO] " + user + " is now logged in");
        long then = at + 200_000;
        for (int file = 0; file < files; file++) {
            then += Agenda.SECOND / 2 + chance.part(Agenda.SECOND);
            station.write(
                    then,
                    FTP,
                    -1,
                    "(" + user + "@" + client.ip() + ") [NOTICE] /home/" + user + "/public_html/file" + file
                            + ".php uploaded  (" + chance.between(500, 90_000) + " bytes, 15.20KB/sec)");
        }
        station.write(then + 100_000, FTP, -1, "(" + user + "@" + client.ip() + ") [INFO] Logout.");
    }

    /** A refused password. */
    void guessed(long at, Client client, String user) {
        station.write(at, FTP, -1, "(?@" + client.ip() + ") [INFO] New connection from " + client.ip());
        station.write(
                at + Agenda.SECOND,
                FTP,
                -1,
                "(?@" + client.ip() + ") [WARNING] Authentication failed for user [" + user + "]");
        station.write(at + Agenda.SECOND + 1, FTP, -1, "(?@" + client.ip() + ") [INFO] Logout.");
    }

    /** An address has too many sessions. */
    void limited(long at, Client client) {
        station.write(at, FTP, -1, "(?@?) [WARNING] Too many connections (8) from this IP: [" + client.ip() + "]");
    }
}
