package postwarden.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine. */
public final class OwnHost {
    private OwnHost() {}

    /** What the machine calls itself; localhost when it does not know. */
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
