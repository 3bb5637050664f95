package postwarden.producer.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. {@code sun.misc.Signal} is the only way to a signal in Java, supported (module jdk.unsupported) but warned of by the compiler, and
 * this build takes no warnings; so it is named here and called by reflection, as Kafka's own {@code LoggingSignalHandler} does.
 */
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /**
     * Does something at each SIGHUP, on a thread of its own; without this, SIGHUP ends the process. Where Java has no such signal, says so.
     */
    static void on(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler called = (proxy, method, arguments) -> {
                if (!method.getDeclaringClass().equals(handler)) {
                    // What every object can: the JDK keeps handlers in a table.
                    return method.invoke(action, arguments);
                }
                action.run();
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, called);
            var unused = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("why", e.toString())
                    .log("SIGHUP is not heard here; a new configuration needs a restart");
        }
    }
}
