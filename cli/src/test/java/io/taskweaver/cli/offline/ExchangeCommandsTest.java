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

class ExchangeCommandsTest {
    private static final String LIST = """
            {"master": {"tasks": [
              {"id": 1, "title": "Begin", "status": "done"},
              {"id": 2, "title": "Go on", "dependencies": [1], "mood": "fine"},
              {"id": 3, "title": "End", "dependencies": ["2"]}
            ]}, "other": {"tasks": [{"id": 7, "title": "Else"}]}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @Test
    void a_list_of_another_tool_becomes_task_json() throws IOException {
        var file = Files.writeString(folder.resolve("tasks.json"), LIST);

        var typed = Typed.command("import", file.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        var json = new ObjectMapper().readTree(typed.out());
        assertThat(json.at("/tasks/2/dependencies/0").asText()).isEqualTo("2");
        assertThat(json.at("/tasks/2/phase").asInt()).isEqualTo(2);
        assertThat(json.at("/tasks/0/status").asText()).isEqualTo("done");
        assertThat(typed.err())
                .contains("tasks.json:3: The field 'mood'", "The tag 'other'", "3 tasks, 1 done, 2 dependencies.");
        assertThat(Typed.command("import", "--tag", "other", file.toString()).out())
                .contains("Else");
    }

    @Test
    void an_imported_list_is_planned_as_it_is_by_other_commands() throws IOException {
        var file = Files.writeString(folder.resolve("tasks.json"), LIST).toString();
        var list = folder.resolve("list.json").toString();
        Typed.command("import", file, "--output-file", list);

        var plan = new ObjectMapper()
                .readTree(Typed.command("plan", "--json", file).out());
        var again = new ObjectMapper()
                .readTree(Typed.command("plan", "--json", list).out());

        assertThat(plan.at("/phases")).hasSize(2);
        assertThat(plan.at("/phases")).isEqualTo(again.at("/phases"));
        assertThat(plan.at("/done/0/status").asText()).isEqualTo("done");
    }

    @Test
    void a_list_may_be_handed_in_to_be_run() throws IOException {
        var file = Files.writeString(folder.resolve("tasks.json"), LIST).toString();
        var out = folder.resolve("out");

        var typed = Typed.command("run", file, "--plan-only", "--out", out.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        var plan = new ObjectMapper().readTree(out.resolve("plan.json").toFile());
        assertThat(plan.at("/tasks")).hasSize(2);
        assertThat(plan.at("/done")).hasSize(1);
    }

    @Test
    void a_list_is_exported_as_it_is_and_documents_as_their_plan() throws IOException {
        var file = Files.writeString(folder.resolve("tasks.json"), LIST).toString();

        var kiro = Typed.command("export", "--format", "kiro", file);
        var graph = Typed.piped(
                "# Shop\n\n- **FR-1**: Sell\n- **FR-2**: Buy (depends on FR-1)\n", "export", "--format", "beads-graph");

        assertThat(kiro.out()).contains("- [x] 1. Begin", "- [ ] 3. End", "_Depends: 2_");
        assertThat(new ObjectMapper().readTree(graph.out()).at("/edges/0/type").asText())
                .isEqualTo("blocks");
        assertThat(graph.err()).contains("The format cannot express");
    }

    @Test
    void the_schema_of_task_json_can_be_had() throws IOException {
        var typed = Typed.command("export", "--schema");

        assertThat(new ObjectMapper().readTree(typed.out()).at("/$defs/task/required"))
                .hasSize(11);
    }

    @Test
    void what_can_not_be_read_or_written_is_named_with_a_way_out() throws IOException {
        var file = Files.writeString(folder.resolve("tasks.json"), "{\"tasks\": [\n{]")
                .toString();

        assertThat(Typed.command("import", file).err()).contains("tasks.json:2: ", "it is not JSON");
        assertThat(Typed.command("import", "--format", "mermaid", file).err()).contains("Cannot read the format");
        assertThat(Typed.command("export", "--format", "backlog", file).err()).contains("Cannot write the format");
        assertThat(Typed.piped("id,title,dependencies\n1,A,2\n2,B,1\n", "plan").err())
                .contains("1 -> 2 -> 1", "standard input:2");
    }
}
