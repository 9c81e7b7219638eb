package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokenCountTest {
    @Test
    void tokens_are_counted_by_byte_pairs() {
        assertThat(TokenCount.exact().of("")).isZero();
        assertThat(TokenCount.exact().of("hello world")).isEqualTo(2);
        assertThat(TokenCount.exact().of("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void an_estimate_of_a_prompt_is_within_a_third() {
        String text = QueryWriter.DEFAULT
                .write(Contexts.work(Map.of("docs/usage.md", "# Usage\n\nCall it.\n")), Optional.empty())
                .text();

        double exact = TokenCount.exact().of(text);
        assertThat((double) TokenCount.estimated().of(text)).isCloseTo(exact, within(exact / 3));
    }

    @Property(tries = 300)
    void what_certainly_is_within_a_limit_is(@ForAll String text) {
        int tokens = TokenCount.exact().of(text);

        assertThat(BytePairs.certainlyWithin(tokens - 1, text)).isFalse();
    }
}
