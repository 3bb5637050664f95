package postwarden.e2e.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its {@link Row} and prints them: each when its test ends, and all at the end of the run. */
final class FaultTable implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace HERE = Namespace.create(FaultTable.class);

    /** The rows of a run; JUnit closes it at the run's end. */
    private record Rows(List<String> texts) implements AutoCloseable {
        @Override
        public void close() {
            System.out.println("The faults of this run:");
            texts.forEach(System.out::println);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Row.class;
    }

    @Override
    public Row resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(HERE).computeIfAbsent(Row.class, type -> new Row(name(test)), Row.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        Row row = test.getStore(HERE).computeIfAbsent(Row.class, type -> new Row(name(test)), Row.class);
        String text = row.text(test.getExecutionException().isPresent() ? "RED" : "green");
        test.getRoot()
                .getStore(HERE)
                .computeIfAbsent(Rows.class, type -> new Rows(new CopyOnWriteArrayList<>()), Rows.class)
                .texts()
                .add(text);
        System.out.println(text);
    }

    private static String name(ExtensionContext test) {
        return test.getRequiredTestMethod().getName().replace('_', ' ');
    }
}
