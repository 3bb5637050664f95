package postwarden.simulate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What makes an evaluation honest: who writes the lines cannot know what they will be held against. */
@AnalyzeClasses(packages = "postwarden.simulate", importOptions = ImportOption.DoNotIncludeTests.class)
class BorderTest {
    @ArchTest
    static final ArchRule the_simulator_knows_lines_and_nothing_that_reads_them = classes()
            .that()
            .resideInAPackage("postwarden.simulate..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "postwarden.event..", "postwarden.simulate.."));
}
