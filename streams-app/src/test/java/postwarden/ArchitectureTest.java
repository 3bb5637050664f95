package postwarden;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import postwarden.detect.Finding;
import postwarden.detect.Grade;

/** Who may know whom. A change here is a change of the design, not a repair. */
@AnalyzeClasses(packages = "postwarden", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** In the order of the pipeline; each may know those before it. */
    private static final List<String> CORE =
            List.of("event", "parse", "correlate", "drift", "tally", "detect", "policy", "incident");

    private static final String[] CORE_PACKAGES = packages(CORE);
    private static final String[] WIRING = {"postwarden.stream..", "postwarden.scan..", "postwarden.replay.."};
    private static final String[] SHELL = {
        "postwarden.cli..",
        "postwarden.config..",
        "postwarden.metrics..",
        "postwarden.serve..",
        "postwarden.tls..",
        "postwarden.soc..",
        "postwarden.client..",
        "postwarden.notify.."
    };

    @ArchTest
    static final ArchRule an_event_knows_nothing_but_java = stage("event");

    @ArchTest
    static final ArchRule parsing_knows_events = stage("parse");

    @ArchTest
    static final ArchRule correlation_knows_parsing_and_before = stage("correlate");

    /** Beside the producer's table of secrets, which is core too. */
    @ArchTest
    static final ArchRule drift_knows_correlation_and_before = stage("drift", "postwarden.producer.redact..");

    @ArchTest
    static final ArchRule tallies_know_correlation_and_before =
            stage("tally", "com.dynatrace.hash4j..", "org.apache.commons.numbers..");

    @ArchTest
    static final ArchRule detectors_know_tallies_and_before = stage("detect");

    @ArchTest
    static final ArchRule policies_know_detectors_and_before = stage("policy");

    @ArchTest
    static final ArchRule incidents_know_detectors_and_before = stage("incident");

    @ArchTest
    static final ArchRule comparing_histories_knows_incidents_and_before = classes()
            .that()
            .resideInAPackage("postwarden.diff..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "postwarden.detect..",
                    "postwarden.policy..",
                    "postwarden.incident..",
                    "postwarden.diff.."));

    @ArchTest
    static final ArchRule questions_know_the_core = classes()
            .that()
            .resideInAPackage("postwarden.ask..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "postwarden.tally..",
                    "postwarden.detect..",
                    "postwarden.incident..",
                    "postwarden.ask.."));

    @ArchTest
    static final ArchRule mappers_for_a_soc_are_functions_of_the_core = classes()
            .that()
            .resideInAnyPackage(
                    "postwarden.soc",
                    "postwarden.soc.ecs..",
                    "postwarden.soc.ocsf..",
                    "postwarden.soc.cef..",
                    "postwarden.soc.stix..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "postwarden.tally..",
                    "postwarden.policy..",
                    "postwarden.detect..",
                    "postwarden.incident..",
                    "postwarden.soc.."));

    @ArchTest
    static final ArchRule who_asks_a_service_knows_only_its_answers = classes()
            .that()
            .resideInAPackage("postwarden.client..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson..", "postwarden.client.."));

    @ArchTest
    static final ArchRule only_the_command_line_and_the_configuration_know_the_api = noClasses()
            .that()
            .resideInAPackage("postwarden..")
            .and()
            .resideOutsideOfPackages("postwarden.cli..", "postwarden.config..", "postwarden.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postwarden.serve..");

    @ArchTest
    static final ArchRule the_api_knows_no_command_and_no_generated_record = noClasses()
            .that()
            .resideInAPackage("postwarden.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "postwarden.cli..", "postwarden.config..", "postwarden.schema..", "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule the_parts_of_the_api_do_not_know_each_other_in_circles =
            slices().matching("postwarden.serve.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_core_has_no_clock_no_chance_no_environment_and_no_files = noClasses()
            .that()
            .resideInAnyPackage(CORE_PACKAGES)
            .and()
            // It reads what is part of the program, out of the jar that its own class came from.
            .doNotHaveFullyQualifiedName("postwarden.parse.reply.StandardText")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.nio.channels..", "java.util.random..", "java.net.http..")
            .orShould()
            .dependOnClassesThat(named(
                    "java.util.Random",
                    "java.security.SecureRandom",
                    "java.time.Clock",
                    "java.lang.Thread",
                    "java.lang.ProcessHandle",
                    "java.net.InetAddress"))
            .orShould()
            .callMethodWhere(describe("a clock, chance or the environment is asked", call -> {
                String owner = call.getTargetOwner().getName();
                String method = call.getTarget().getName();
                return (owner.equals("java.lang.System") && !method.equals("arraycopy"))
                        || (owner.startsWith("java.time.") && method.equals("now"))
                        || (owner.equals("java.lang.Math") && method.equals("random"))
                        || (owner.equals("java.util.UUID") && method.equals("randomUUID"));
            }));

    @ArchTest
    static final ArchRule log_lines_are_read_without_regular_expressions = noClasses()
            .that()
            .resideInAnyPackage(
                    "postwarden.event..", "postwarden.parse..", "postwarden.correlate..", "postwarden.drift..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould()
            .callMethodWhere(describe(
                    "a regular expression is hidden in a method of String",
                    call -> call.getTargetOwner().isEquivalentTo(String.class)
                            && List.of("matches", "replaceAll", "replaceFirst")
                                    .contains(call.getTarget().getName())));

    @ArchTest
    static final ArchRule no_daemons_rules_know_another_daemons = slices().matching("postwarden.parse.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage("postwarden.parse.."), resideInAPackage("postwarden.parse.rule.."))
            .ignoreDependency(resideInAPackage("postwarden.parse.."), resideInAPackage("postwarden.parse.reply.."));

    @ArchTest
    static final ArchRule the_wiring_knows_no_shell = noClasses()
            .that()
            .resideInAnyPackage(WIRING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SHELL);

    @ArchTest
    static final ArchRule scan_needs_no_kafka_and_no_avro = noClasses()
            .that()
            .resideInAPackage("postwarden.scan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "postwarden.schema..");

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_configuration_file = noClasses()
            .that()
            .resideInAPackage("postwarden..")
            .and()
            .resideOutsideOfPackages("postwarden.cli..", "postwarden.config..", "postwarden.producer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postwarden.config..");

    @ArchTest
    static final ArchRule only_the_configuration_reads_configuration_files = noClasses()
            .that()
            .resideInAPackage("postwarden..")
            .and()
            .resideOutsideOfPackages("postwarden.config..", "postwarden.producer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..");

    @ArchTest
    static final ArchRule generated_records_stay_in_the_wiring = noClasses()
            .that()
            .resideInAnyPackage("postwarden.scan..", "postwarden.config..")
            .or()
            .resideInAnyPackage(CORE_PACKAGES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postwarden.schema..");

    @ArchTest
    static final ArchRule detectors_do_not_know_each_other_in_circles =
            slices().matching("postwarden.detect.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule who_judges_says_why_it_is_so_bad = noClasses()
            .that()
            .resideInAnyPackage("postwarden.detect..", "postwarden.incident..")
            .and()
            .doNotBelongToAnyOf(Finding.class)
            .should()
            .callConstructorWhere(describe(
                    "a finding is made without a Grade",
                    call -> call.getTargetOwner().isEquivalentTo(Finding.class)
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Grade.class))));

    private static ArchRule stage(String stage, String... libraries) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.."));
        allowed.addAll(List.of(libraries));
        CORE.subList(0, CORE.indexOf(stage) + 1).forEach(before -> allowed.add("postwarden." + before + ".."));
        return classes()
                .that()
                .resideInAPackage("postwarden." + stage + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)));
    }

    private static String[] packages(List<String> stages) {
        return stages.stream().map(stage -> "postwarden." + stage + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return describe("are one of " + List.of(names), one -> Stream.of(names).anyMatch(one.getName()::equals));
    }
}
