package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.FilePath;
import io.taskweaver.prompts.AnswerReading.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnswerRoundTripTest {
    /** Pieces that texts of files are made of; many of them mean something to the format. */
    private static final String[] PIECES = {
        "```",
        "````",
        "~~~",
        "```java",
        "   ```",
        "### File: other.txt",
        "### Delete: a",
        "### Summary",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "text",
        "\\ No newline at end of file",
        "ä",
        "😀",
        "\u2028",
        "# heading",
        "`x`",
        "\f"
    };

    @Property(tries = 2000)
    void any_files_that_are_written_read_back_equal(@ForAll("files") Map<String, String> files) {
        List<FileChange> changes = files.entrySet().stream()
                .map(file -> new FileChange(file.getKey(), Optional.empty(), Optional.of(file.getValue())))
                .toList();

        AnswerReading reading = AnswerReader.read(AnswerWriter.write("What was done.", changes), Map.of());

        assertThat(reading).isEqualTo(new Answer("What was done.", changes));
    }

    @Property(tries = 500)
    void changes_and_deletions_start_from_the_files_at_hand(
            @ForAll("files") Map<String, String> atHand, @ForAll("files") Map<String, String> others) {
        List<FileChange> changes = atHand.entrySet().stream()
                .map(file -> new FileChange(
                        file.getKey(),
                        Optional.of(file.getValue()),
                        others.values().stream().findFirst().map(text -> text + "\nchanged\r\n")))
                .toList();

        AnswerReading reading = AnswerReader.read(AnswerWriter.write("Done.", changes), atHand);

        assertThat(reading).isEqualTo(new Answer("Done.", changes));
    }

    @Property(tries = 500)
    void an_answer_sent_with_carriage_returns_says_the_same(@ForAll("files") Map<String, String> files) {
        List<FileChange> changes = files.entrySet().stream()
                .map(file -> new FileChange(
                        file.getKey(),
                        Optional.empty(),
                        Optional.of(file.getValue().replace("\r", ""))))
                .toList();
        String answer = AnswerWriter.write("Done.", changes);

        assertThat(AnswerReader.read(answer.replace("\n", "\r\n"), Map.of())).isEqualTo(new Answer("Done.", changes));
    }

    @Property(tries = 1000)
    void whatever_an_agent_answers_reading_it_ends_with_a_result(@ForAll("texts") String answer) {
        assertThat(AnswerReader.read(answer, Map.of("a", "text"))).isNotNull();
    }

    @Property(tries = 1000)
    void what_is_missing_at_the_end_of_an_answer_is_never_taken_for_a_whole_file(
            @ForAll("files") Map<String, String> files) {
        if (files.isEmpty()) return;
        List<FileChange> changes = files.entrySet().stream()
                .map(file -> new FileChange(file.getKey(), Optional.empty(), Optional.of(file.getValue() + "end\n")))
                .toList();
        String answer = AnswerWriter.write("Done.", changes);
        String cut = answer.substring(0, answer.stripTrailing().lastIndexOf('\n'));

        assertThat(AnswerReader.read(cut, Map.of())).isInstanceOf(AnswerReading.Unreadable.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<Map<String, String>> files() {
        Arbitrary<String> part = Arbitraries.strings()
                .withChars("abcXYZ019-_ .ä\"'`*()#:")
                .ofMinLength(1)
                .ofMaxLength(10)
                .filter(name -> !name.equals(".") && !name.equals("..") && !name.isBlank());
        Arbitrary<String> path = part.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> parts.stream().collect(Collectors.joining("/")))
                .filter(candidate -> FilePath.problemOfNew(candidate).isEmpty());
        return Arbitraries.maps(path, texts()).ofMaxSize(4);
    }
}
