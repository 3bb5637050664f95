package postwarden.e2e.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program shows to Prometheus, read from its text format.
 *
 * @param types by name of the family, such as {@code postwarden_records_total}: counter, gauge, histogram, summary or info
 * @param samples every sample
 */
public record Exposed(Map<String, String> types, List<Sample> samples) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    public Exposed {
        types = new TreeMap<>(types);
        samples = List.copyOf(samples);
    }

    /** One number with its name and labels. */
    public record Sample(String name, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** Nothing. */
    static Exposed none() {
        return new Exposed(Map.of(), List.of());
    }

    /** Asks a program that listens on loopback; nothing while it does not listen yet. */
    public static Exposed at(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return in(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException notYet) {
            return none();
        }
    }

    /** @throws IllegalArgumentException on a line that is no sample and no comment */
    static Exposed in(String text) {
        Map<String, String> types = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#") && !line.isBlank()) {
                samples.add(sample(line));
            }
        }
        return new Exposed(types, samples);
    }

    /** Both together: labels of the same name are one set. */
    Exposed and(Exposed other) {
        Map<String, String> both = new HashMap<>(types);
        both.putAll(other.types);
        List<Sample> all = new ArrayList<>(samples);
        all.addAll(other.samples);
        return new Exposed(both, all);
    }

    /** The labels of every name that a query may ask for. */
    Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new TreeMap<>();
        samples.forEach(sample -> labels.computeIfAbsent(sample.name(), name -> new TreeSet<>())
                .addAll(sample.labels().keySet()));
        return labels;
    }

    /** The sum over all samples with this name and, where they have such a label, this value of it. */
    double sum(String name, String label, String value) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name)
                        && (label.isEmpty() || value.equals(sample.labels().get(label))))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The sum over all samples with this name. */
    public double sum(String name) {
        return sum(name, "", "");
    }

    boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        String value = matcher.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        return new Sample(matcher.group(1), labels, Double.parseDouble(value));
    }
}
