package postwarden.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "postwarden.producer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "postwarden.producer.syslog..", "postwarden.producer.file..", "postwarden.producer.redact.."
    };

    @ArchTest
    static final ArchRule the_headers_use_java_only = classes()
            .that()
            .resideInAPackage("postwarden.producer.syslog..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "postwarden.producer.syslog..");

    @ArchTest
    static final ArchRule the_files_use_java_only = classes()
            .that()
            .resideInAPackage("postwarden.producer.file..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "postwarden.producer.file..");

    @ArchTest
    static final ArchRule the_redaction_uses_java_only = classes()
            .that()
            .resideInAPackage("postwarden.producer.redact..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "postwarden.producer.redact..");

    @ArchTest
    static final ArchRule the_core_reads_no_disk_and_no_clock_and_uses_no_regular_expressions = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.regex..", "java.io..", "java.nio.file..", "java.nio.channels..", "java.util.random..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule no_regular_expressions_on_log_data = noClasses()
            .that()
            .resideInAnyPackage(
                    "postwarden.producer.follow..",
                    "postwarden.producer.publish..",
                    "postwarden.producer.journal..",
                    "postwarden.producer.receive..",
                    "postwarden.producer.sample..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..");

    @ArchTest
    static final ArchRule inputs_know_nothing_of_what_reads_them = noClasses()
            .that()
            .resideInAnyPackage("postwarden.producer.journal..", "postwarden.producer.receive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "postwarden.producer.follow..",
                    "postwarden.producer.checkpoint..",
                    "postwarden.producer.publish..",
                    "postwarden.producer.config..",
                    "org.apache.kafka..",
                    "org.apache.avro..");

    @ArchTest
    static final ArchRule the_wiring_knows_no_shell = noClasses()
            .that()
            .resideInAnyPackage("postwarden.producer.publish..", "postwarden.producer.preflight..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "postwarden.producer.follow..",
                    "postwarden.producer.checkpoint..",
                    "postwarden.producer.config..",
                    "postwarden.producer.sample..");

    @ArchTest
    static final ArchRule lines_know_nothing_of_samples = noClasses()
            .that()
            .resideInAnyPackage(
                    "postwarden.producer.follow..", "postwarden.producer.checkpoint..", "postwarden.producer.syslog..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postwarden.producer.sample..");

    @ArchTest
    static final ArchRule only_the_wiring_knows_kafka_and_avro = noClasses()
            .that()
            .resideInAnyPackage(
                    "postwarden.producer.follow..",
                    "postwarden.producer.checkpoint..",
                    "postwarden.producer.config..",
                    "postwarden.producer.sample..",
                    "postwarden.producer.status..",
                    "postwarden.producer.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "postwarden.schema..");

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_configuration_file = noClasses()
            .that()
            .resideOutsideOfPackages("postwarden.producer.config..", "postwarden.producer.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("postwarden.producer.config..");
}
