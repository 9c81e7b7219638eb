package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed document after a run: finished work stays finished. */
@Tag("long")
class SinceTest {
    private static final String DOCUMENT = """
            # Shop
            ## Cart
            - R-1: Customers put articles into the cart
            - R-2: Customers empty the cart
            ## Payment
            - R-3: Customers pay what is in the cart (depends on R-1)
            - R-4: Customers get a receipt
            ## Delivery
            - R-5: Customers follow their parcels
            """;

    @TempDir
    Path dir;

    @Test
    void a_changed_document_runs_only_what_is_affected_on_top_of_what_was_merged() throws Exception {
        try (var workspace = new Workspace(dir)) {
            var document = workspace.document("SHOP.md", DOCUMENT).toString();
            var first = workspace.taskweaver("run", document);
            assertThat(first.exitCode()).as(first.output()).isZero();

            workspace.document("SHOP.md", DOCUMENT + "- R-6: Customers return parcels\n");
            var second = workspace.taskweaver("run", document, "--since", "taskweaver-out");

            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(second.output()).contains("4 of 6 tasks were finished");
            assertThat(ran()).containsExactlyInAnyOrder("R-5", "R-6");
            assertThat(Sources.errors(dir.resolve("taskweaver-out/merged"), dir.resolve("classes")))
                    .isEmpty();

            var again = workspace.taskweaver("run", document, "--since", "taskweaver-out");
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output()).contains("already complete");
        }
    }

    /** Tasks that an agent worked on; all tasks are done. */
    private List<String> ran() throws IOException {
        var ran = new ArrayList<String>();
        for (JsonNode task : Workspace.JSON
                .readTree(dir.resolve("taskweaver-out/plan.json").toFile())
                .path("tasks")) {
            assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("done");
            if (task.path("kind").asText().equals("work")
                    && task.path("attempts").asInt() > 0)
                ran.add(task.path("id").asText());
        }
        return ran;
    }
}
