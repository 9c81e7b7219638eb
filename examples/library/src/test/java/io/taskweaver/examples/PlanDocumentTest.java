package io.taskweaver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDocumentTest {
    private static final Path EXAMPLE = Path.of("..", "url-shortener");

    @TempDir
    Path folder;

    @Test
    void a_document_is_planned_drawn_exported_and_its_first_prompts_are_written() throws Exception {
        PlanDocument.main(new String[] {
            EXAMPLE.resolve("REQUIREMENTS.md").toString(),
            folder.toString(),
            EXAMPLE.resolve("STRUCTURE.md").toString()
        });

        assertThat(folder.resolve("graph.html")).content().contains("FR-007");
        assertThat(folder.resolve("tasks.json")).content().contains("\"FR-007\"");
        assertThat(folder.resolve("STRUCTURE.md")).content().contains("Link Store");
        assertThat(Files.readString(folder.resolve("FR-003.md"))).contains("## What to do, and why");
    }
}
