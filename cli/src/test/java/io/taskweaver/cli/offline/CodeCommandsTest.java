package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read a code base: what they find of it reaches the table, the plan and the structure. */
class CodeCommandsTest {
    private static final String DOCUMENT = """
        # Clinic

        - FR-1: Book an appointment
        - FR-2: Print invoices
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private String document = "";
    private String code = "";

    @BeforeEach
    void write() throws IOException {
        document =
                Files.writeString(folder.resolve("REQUIREMENTS.md"), DOCUMENT).toString();
        var sources = Files.createDirectories(folder.resolve("code/clinic"));
        Files.writeString(
                sources.resolve("AppointmentBook.java"),
                "package clinic;\npublic class AppointmentBook {\n    public void bookAppointment() {}\n}\n");
        code = folder.resolve("code").toString();
    }

    @Test
    void requirements_are_compared_with_code_for_people_and_for_programs() throws IOException {
        var table = Typed.command("analyze", document, "--code", code);
        assertThat(table.exitCode()).as(table.err()).isEqualTo(ExitCode.DONE);
        assertThat(table.out())
                .contains("2 requirements: 1 exist, 0 in part, 1 missing, 0 contradicted.")
                .contains("AppointmentBook.bookAppointment (clinic/AppointmentBook.java:3)");

        var json = new ObjectMapper()
                .readTree(Typed.command("analyze", document, "--code", code, "--json")
                        .out());
        assertThat(json.at("/requirements/0/verdict").asText()).isEqualTo("exists");
        assertThat(json.at("/requirements/0/evidence/0/line").asInt()).isEqualTo(3);
        assertThat(json.at("/requirements/1/verdict").asText()).isEqualTo("missing");
    }

    @Test
    void the_map_needs_no_document() {
        var map = Typed.command("analyze", "--code", code, "--map");
        assertThat(map.exitCode()).as(map.err()).isEqualTo(ExitCode.DONE);
        assertThat(map.out()).contains("1 source files (1 Java)", "`AppointmentBook.bookAppointment`");
    }

    @Test
    void what_exists_is_not_planned_again() throws IOException {
        var plan = new ObjectMapper()
                .readTree(Typed.command("plan", document, "--code", code, "--json")
                        .out());
        assertThat(plan.findValuesAsText("code")).contains("exists");
    }

    @Test
    void a_structure_comes_from_requirements_from_code_or_from_both() {
        var fromCode = Typed.command("create-structure", "--code", code);
        assertThat(fromCode.exitCode()).as(fromCode.err()).isEqualTo(ExitCode.DONE);
        assertThat(fromCode.out()).contains("- AppointmentBook: code in clinic/AppointmentBook.java");

        var fromBoth = Typed.command("create-structure", document, "--code", code);
        assertThat(fromBoth.out()).startsWith("# Structure of Clinic").contains("- AppointmentBook: ", "- Clinic: ");

        assertThat(Typed.piped(DOCUMENT, "create-structure").out()).contains("- Clinic: ");
    }

    @Test
    void without_code_there_is_nothing_to_compare() {
        var typed = Typed.command("analyze", document);
        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("--code");
    }
}
