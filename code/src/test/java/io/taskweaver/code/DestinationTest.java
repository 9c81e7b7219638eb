package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a person may have something written to. */
class DestinationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private static void refused(Optional<Refusal> refusal, String why) {
        assertThat(refusal).hasValueSatisfying(each -> {
            assertThat(each.reason()).contains(why);
            assertThat(each.remedy()).contains("with --out");
        });
    }

    private static void refusedFolder(Path path, String why) {
        refused(Destination.refusalOfFolder(path, "with --out"), why);
    }

    private static void refusedFile(Path path, String why) {
        refused(Destination.refusalOfFile(path, "with --out"), why);
    }

    @Test
    void an_empty_name_means_nothing() {
        refusedFolder(Path.of(""), "empty");
        refusedFile(Path.of(" "), "empty");
    }

    @Test
    void a_link_that_leads_nowhere_is_refused_with_what_is_below_it() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none/dir"));
        refusedFolder(link, "link is a link that leads nowhere, to " + folder.resolve("none/dir"));
        refusedFolder(link.resolve("below"), "link is a link that leads nowhere");
        refusedFile(link, "link is a link that leads nowhere");
        var itself = Files.createSymbolicLink(folder.resolve("itself"), Path.of("itself"));
        refusedFile(itself, "leads nowhere");
    }

    @Test
    void a_file_is_no_folder_and_a_folder_no_file() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        refusedFolder(file, "file is a file, not a folder");
        refusedFolder(file.resolve("below/it"), "file is a file, not a folder");
        refusedFile(folder, "is a folder");
        refusedFile(file.resolve("below"), "file is a file, not a folder");
        refused(Destination.refusalOfOutput(folder, "with --out"), "is a folder");
    }

    @Test
    void devices_and_pipes_are_not_replaced() throws Exception {
        var pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        refusedFile(pipe, "pipe is no regular file");
        refusedFile(Files.createSymbolicLink(folder.resolve("link"), pipe), "link is no regular file");
        refusedFile(Path.of("/dev/null"), "/dev/null is no regular file");
        assertThat(Destination.refusalOfOutput(Path.of("/dev/null"), "with --out"))
                .isEmpty();
    }

    @Test
    void what_is_there_or_can_be_made_is_not_refused() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThat(Destination.refusalOfFolder(folder, "with --out")).isEmpty();
        assertThat(Destination.refusalOfFolder(folder.resolve("a/b"), "with --out"))
                .isEmpty();
        assertThat(Destination.refusalOfFolder(Path.of("taskweaver-none"), "with --out"))
                .isEmpty();
        assertThat(Destination.refusalOfFile(file, "with --out")).isEmpty();
        assertThat(Destination.refusalOfFile(folder.resolve("none/file"), "with --out"))
                .isEmpty();
        assertThat(Destination.refusalOfFile(Path.of("taskweaver-none.json"), "with --out"))
                .isEmpty();
    }

    @Test
    void links_are_followed() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        assertThat(Destination.refusalOfFile(link, "with --out")).isEmpty();
        assertThat(Destination.behindLinks(link)).isEqualTo(file.toRealPath());
        assertThat(Destination.behindLinks(folder.resolve("new"))).isEqualTo(folder.resolve("new"));
    }
}
