package io.taskweaver.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other, looked up in what the build made of all of them. */
class ModulesTest {
    /** Modules of values and rules, each with those that may know it. */
    private static final Map<String, List<String>> KNOWN_BY = Map.of(
            "model", List.of("contracts", "requirements", "contexts", "scheduling", "prompts", "formats", "reports"),
            "contracts", List.of("contexts", "reports"),
            "requirements", List.of("contexts", "scheduling", "prompts", "formats", "reports"),
            "contexts", List.of(),
            "scheduling", List.of("formats", "reports"),
            "prompts", List.of(),
            "formats", List.of(),
            "reports", List.of());

    /** Modules without a framework, a clock, input or output. */
    private static final List<String> RULES =
            List.of("model", "requirements", "contracts", "contexts", "scheduling", "prompts", "reports");

    private static final JavaClasses CLASSES = classes();

    @Test
    void events_as_avro_has_them_are_known_to_the_wire_alone() {
        assertThat(CLASSES).hasSizeGreaterThan(1_000);

        noClasses()
                .that(not(
                        resideInAnyPackage("io.taskweaver.wire..", "io.taskweaver.events..", "io.taskweaver.state..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.taskweaver.events..", "io.taskweaver.state..")
                .check(CLASSES);
    }

    @Test
    void no_service_knows_another() {
        var services = List.of("planner", "executor", "interfaces", "context");
        for (var service : services)
            noClasses()
                    .that()
                    .resideInAPackage("io.taskweaver." + service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(services.stream()
                            .filter(other -> !other.equals(service))
                            .map(other -> "io.taskweaver." + other + "..")
                            .toArray(String[]::new))
                    .check(CLASSES);
    }

    @Test
    void modules_of_values_and_rules_are_known_from_above_only() {
        KNOWN_BY.forEach((module, above) -> noClasses()
                .that()
                .resideInAnyPackage(packages(
                        KNOWN_BY.keySet().stream().filter(other -> !other.equals(module) && !above.contains(other))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages(Stream.of(module))[0])
                .allowEmptyShould(true)
                .check(CLASSES));
    }

    @Test
    void rules_know_no_framework_and_no_transport() {
        rules().and()
                .resideOutsideOfPackage("io.taskweaver.reports")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "io.quarkus..",
                        "jakarta..",
                        "com.fasterxml..",
                        "io.taskweaver.wire..",
                        "io.taskweaver.client..",
                        "org.slf4j..",
                        "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void rules_do_no_input_or_output() {
        rules().should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|RandomAccessFile|FileInputStream|FileOutputStream|FileReader|FileWriter|PrintStream|Console)")
                .check(CLASSES);
    }

    @Test
    void rules_have_no_clock_no_chance_and_no_threads() {
        rules().should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(CLASSES);
    }

    @Test
    void packages_of_a_module_of_rules_do_not_need_each_other_in_a_circle() {
        for (var module : List.of("requirements", "scheduling"))
            slices().matching("io.taskweaver." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(CLASSES);
    }

    @Test
    void reading_knows_nothing_of_what_is_read_out_of_it() {
        noClasses()
                .that()
                .resideInAPackage("io.taskweaver.requirements.document..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.taskweaver.requirements.analysis..")
                .check(CLASSES);
    }

    private static GivenClassesConjunction rules() {
        return noClasses().that().resideInAnyPackage(packages(RULES.stream()));
    }

    private static String[] packages(Stream<String> modules) {
        return modules.map(module -> "io.taskweaver." + module + "..").toArray(String[]::new);
    }

    /** Production classes of all modules; examples show how anyone may use the schemas' jar. */
    private static JavaClasses classes() {
        try (var modules = Files.list(Path.of(".."))) {
            return new ClassFileImporter()
                    .importPaths(modules.map(module -> module.resolve("target/classes/io"))
                            .filter(Files::isDirectory)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
