package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.executor.OutputWindow.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OutputWindowTest {
    @Test
    void a_short_output_is_told_once() {
        var window = new OutputWindow(100);
        window.add("one\n");
        window.add("two\n");
        assertThat(window.end()).containsExactly(new Part(0, "one\ntwo\n"));
    }

    @Test
    void the_beginning_is_told_as_it_comes() {
        var window = new OutputWindow(100);
        window.add("one\n");
        assertThat(window.next()).containsExactly(new Part(0, "one\n"));
        assertThat(window.next()).isEmpty();
        window.add("two\n");
        assertThat(window.next()).containsExactly(new Part(4, "two\n"));
        assertThat(window.end()).isEmpty();
    }

    @Test
    void of_a_long_output_beginning_and_end_are_kept() {
        var window = new OutputWindow(40);
        for (int i = 0; i < 100; i++) window.add("line %02d\n".formatted(i));
        assertThat(window.end())
                .containsExactly(new Part(0, "line 00\nline 01\nline"), new Part(784, "line 98\nline 99\n"));
    }

    @Test
    void what_nobody_read_counts_as_left_out() {
        var window = new OutputWindow(40);
        window.add("begin\n");
        window.skip(1000);
        window.add("end\n");
        assertThat(window.end()).containsExactly(new Part(0, "begin\n"), new Part(1006, "end\n"));
    }

    /** Whatever comes in whichever pieces, each part is what was printed at its position, and little is told. */
    @Property(tries = 200)
    void parts_are_pieces_of_the_output(@ForAll long seed) {
        var random = new Random(seed);
        int limit = 20 + random.nextInt(200);
        var window = new OutputWindow(limit);
        var all = new StringBuilder();
        var parts = new ArrayList<Part>();
        for (int i = 0; i < 50; i++) {
            var text = ("x" + i + (random.nextInt(4) == 0 ? "\n" : " ")).repeat(1 + random.nextInt(9));
            all.append(text);
            window.add(text);
            if (random.nextInt(6) == 0) parts.addAll(window.next());
        }
        parts.addAll(window.end());
        for (var part : parts)
            assertThat(all.substring(
                            (int) part.position(),
                            (int) part.position() + part.text().length()))
                    .isEqualTo(part.text());
        assertThat(all.toString()).startsWith(parts.getFirst().text());
        assertThat(all.toString()).endsWith(parts.getLast().text());
        assertThat(List.copyOf(parts)).isNotEmpty();
    }
}
