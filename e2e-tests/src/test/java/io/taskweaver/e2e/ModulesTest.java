package io.taskweaver.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other, looked up in what the build made of all of them. */
class ModulesTest {
    private static final Path PROJECT = Path.of("..");

    @Test
    void events_as_avro_has_them_are_known_to_the_wire_alone() throws IOException {
        var folders = classes();
        assertThat(folders).hasSizeGreaterThan(10);

        noClasses()
                .that(not(
                        resideInAnyPackage("io.taskweaver.wire..", "io.taskweaver.events..", "io.taskweaver.state..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.taskweaver.events..", "io.taskweaver.state..")
                .check(imported(folders));
    }

    @Test
    void no_service_knows_another() throws IOException {
        var services = List.of("planner", "executor", "interfaces", "context");
        var all = imported(classes());
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
                    .check(all);
    }

    private static JavaClasses imported(List<Path> folders) {
        return new ClassFileImporter().importPaths(folders);
    }

    /** Folders of production classes of all modules; examples show how anyone may use the schemas' jar. */
    private static List<Path> classes() throws IOException {
        try (var modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("target/classes/io"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
