package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphAndDiffTest {
    private static final String DOCUMENT = """
            # Shop
            ## Cart
            - R-1: Customers put articles into the cart
            - R-2: Customers empty the cart
            ## Payment
            - R-3: Customers pay (depends on R-1)
            ## Mail
            - R-4: Customers get a receipt
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mermaid, flowchart LR",
        "dot, digraph plan",
        "svg, <?xml",
        "html, <!DOCTYPE html>",
        "HTML, <!DOCTYPE html>"
    })
    void a_plan_is_drawn_in_the_format_that_is_named(String format, String begins) {
        var typed = Typed.piped(DOCUMENT, "graph", "--format", format);

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).startsWith(begins).contains("R-2");
    }

    @Test
    void the_name_of_the_output_file_says_the_format() throws IOException {
        var file = folder.resolve("plan.html");

        var typed = Typed.piped(DOCUMENT, "graph", "--output-file", file.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void an_unknown_format_is_refused_with_those_that_there_are() {
        var typed = Typed.piped(DOCUMENT, "graph", "--format", "png");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("png", "mermaid, dot, svg or html");
    }

    @Test
    void the_same_plans_are_the_same_also_as_plan_json() throws IOException {
        var document = Files.writeString(folder.resolve("A.md"), DOCUMENT).toString();
        Typed.command(
                "plan",
                document,
                "--json",
                "--output-file",
                folder.resolve("plan.json").toString());

        assertThat(Typed.command("diff", document, document).exitCode()).isZero();
        assertThat(Typed.command("diff", folder.resolve("plan.json").toString(), document)
                        .out())
                .contains("The plans are equal.");
        assertThat(Typed.command("diff", folder.toString(), document).exitCode())
                .isZero();
    }

    @Test
    void a_document_is_compared_with_a_plan_as_if_it_were_for_the_same_code() throws IOException {
        var document = Files.writeString(folder.resolve("R.md"), DOCUMENT).toString();
        var code = Files.createDirectories(folder.resolve("code"));
        Files.writeString(code.resolve("shop.py"), "print('shop')\n");
        var plan = folder.resolve("plan.json").toString();
        Typed.command("plan", document, "--code", code.toString(), "--json", "--output-file", plan);

        assertThat(Files.readString(Path.of(plan))).contains("\"form\" : \"text\"", "contracts-as-text");
        assertThat(Typed.command("diff", plan, document).out()).contains("The plans are equal.");
        assertThat(Typed.command("diff", document, plan).exitCode()).isZero();
    }

    @Test
    void a_changed_requirement_is_told_with_what_it_touches() throws IOException {
        var old = Files.writeString(folder.resolve("A.md"), DOCUMENT).toString();
        var now = Files.writeString(folder.resolve("B.md"), DOCUMENT.replace("articles into", "books and maps into"))
                .toString();

        var typed = Typed.command("diff", old, now);
        var json = new ObjectMapper()
                .readTree(Typed.command("diff", old, now, "--json").out());

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).contains("~ R-1", "! R-3").doesNotContain("R-4");
        assertThat(json.path("same").asBoolean()).isFalse();
        assertThat(json.path("affected").findValuesAsText("id")).contains("R-3");
    }

    @Test
    void what_can_not_be_planned_is_trouble_not_a_difference() throws IOException {
        var old = Files.writeString(folder.resolve("A.md"), DOCUMENT).toString();
        var broken = Files.writeString(
                        folder.resolve("plan.json"), "{\"plan\": \"\", \"tasks\": [], \"components\": []}")
                .toString();

        assertThat(Typed.command("diff", old, folder.resolve("none.md").toString())
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Typed.command("diff", broken, old).err()).contains("is not a valid plan");
    }
}
