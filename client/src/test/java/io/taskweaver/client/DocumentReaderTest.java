package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.client.DocumentReader.Read;
import io.taskweaver.client.DocumentReader.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
    @TempDir
    Path folder;

    private DocumentReader.Reading read(byte[] bytes) throws IOException {
        return DocumentReader.read(Files.write(folder.resolve("r.md"), bytes));
    }

    private static void refused(DocumentReader.Reading reading, String problem) {
        assertThat(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> {
                    assertThat(refused.problem()).contains(problem);
                    assertThat(refused.hint()).isNotBlank();
                });
    }

    @Test
    void a_text_is_read_without_its_byte_order_mark() throws IOException {
        assertThat(read("\uFEFF# Größe\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Read.class,
                        read -> assertThat(read.document().content()).isEqualTo("# Größe\n"));
    }

    @Test
    void what_is_no_text_is_refused_with_a_way_out() throws IOException {
        refused(DocumentReader.read(folder.resolve("none.md")), "no file");
        refused(DocumentReader.read(folder), "directory");
        refused(read(new byte[] {1, 0, 2}), "binary");
        refused(read("# Größe\n".getBytes(StandardCharsets.ISO_8859_1)), "not UTF-8");
    }

    @Test
    void a_text_over_the_limit_is_refused_with_the_limit_named() throws IOException {
        refused(read("x".repeat(6 * 1024 * 1024).getBytes(StandardCharsets.US_ASCII)), "may have 5 MiB");
    }
}
