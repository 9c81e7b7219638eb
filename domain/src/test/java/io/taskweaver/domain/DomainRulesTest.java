package io.taskweaver.domain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.taskweaver.domain.plan.TaskId;
import org.junit.jupiter.api.Test;

class DomainRulesTest {
    private static final JavaClasses DOMAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.taskweaver.domain");

    @Test
    void the_domain_knows_no_framework_and_no_transport() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "io.quarkus..",
                        "jakarta..",
                        "com.fasterxml..",
                        "io.taskweaver.wire..",
                        "io.taskweaver.events..",
                        "org.slf4j..",
                        "java.util.logging..")
                .check(DOMAIN);
    }

    @Test
    void the_domain_does_no_input_or_output() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|RandomAccessFile|FileInputStream|FileOutputStream|FileReader|FileWriter|PrintStream|Console)")
                .check(DOMAIN);
    }

    @Test
    void the_domain_has_no_clock_no_chance_and_no_threads() {
        noClasses()
                .should()
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
                .check(DOMAIN);
    }

    @Test
    void packages_do_not_need_each_other_in_a_circle() {
        slices().matching("io.taskweaver.domain.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAPackage("io.taskweaver.domain.contract"),
                        JavaClass.Predicates.equivalentTo(TaskId.class))
                .check(DOMAIN);
    }

    @Test
    void reading_knows_nothing_of_planning() {
        noClasses()
                .that()
                .resideInAPackage("..domain.document..")
                .should()
                .dependOnClassesThat(resideInAPackage("..domain.analysis..").or(resideInAPackage("..domain.plan..")))
                .check(DOMAIN);
        noClasses()
                .that()
                .resideInAPackage("..domain.analysis..")
                .should()
                .dependOnClassesThat(resideInAPackage("..domain.plan.."))
                .check(DOMAIN);
    }
}
