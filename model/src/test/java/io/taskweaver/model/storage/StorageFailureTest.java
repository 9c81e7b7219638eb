package io.taskweaver.model.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StorageFailureTest {
    @ParameterizedTest
    @CsvSource({
        "FULL, No space left on device",
        "FULL, While appending to file: /x/000012.log: No space left on device",
        "QUOTA, Disk quota exceeded",
        "READ_ONLY, Read-only file system",
        "TOO_MANY_FILES, /x/y.jar: Too many open files",
        "TOO_LONG, File name too long",
        "DEFECT, Input/output error",
        "UNWRITTEN, git read-tree failed in /x: error: unable to write file src/a.txt",
        "FULL, error: unable to write file src/a.txt: No space left on device",
        "NO_EXECUTION, /tmp/librocksdbjni.so: failed to map segment from shared object: Operation not permitted",
    })
    void what_the_system_says_is_recognised_however_deep_it_is(StorageFailure expected, String words) {
        var inside = new FileSystemException("/x", null, words);
        assertThat(StorageFailure.behind(new IllegalStateException("failed", new UncheckedIOException(inside))))
                .contains(expected);
        assertThat(StorageFailure.behind(new UnsatisfiedLinkError(words))).contains(expected);
    }

    @ParameterizedTest
    @EnumSource(StorageFailure.class)
    void each_names_a_cause_within_a_sentence_and_a_remedy_as_one(StorageFailure failure) {
        assertThat(failure.cause()).matches("[a-z].*[^.]");
        assertThat(failure.remedy()).matches("[A-Z].*\\.");
        assertThat(failure.relief()).matches("[A-Z].*\\.").doesNotContain("start again");
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageFailure.class,
            names = {"FULL", "QUOTA", "READ_ONLY", "TOO_MANY_FILES", "DEFECT", "UNWRITTEN"})
    void what_fails_whatever_is_written_may_pass(StorageFailure failure) {
        assertThat(failure.mayPass()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageFailure.class,
            names = {"TOO_LONG", "NOT_ALLOWED", "NO_EXECUTION"})
    void what_one_file_or_folder_causes_does_not_pass_by_itself(StorageFailure failure) {
        assertThat(failure.mayPass()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(StorageFailure.class)
    void each_is_explained_on_the_page_of_troubles(StorageFailure failure) throws IOException {
        var quoted = "| `... " + failure.cause().replaceFirst(" \\(see .*", "") + "`";
        assertThat(Files.readString(Path.of("../docs/troubleshooting.md"))).contains(quoted);
    }

    @Test
    void a_path_alone_is_no_reason() {
        assertThat(StorageFailure.cause(new AccessDeniedException("/x"))).isEqualTo("this user lacks the permission");
        assertThat(StorageFailure.cause(new NoSuchFileException("/x"))).isEqualTo("/x does not exist");
        assertThat(StorageFailure.cause(new IOException("odd"))).isEqualTo("odd");
        assertThat(StorageFailure.behind(new IOException("odd"))).isEmpty();
    }
}
