package io.taskweaver.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "s3cr3t/+ \"quoted\" ü~x";
    private final Secrets secrets = Secrets.of(List.of(SECRET, "another-one"));

    @Test
    void a_secret_is_masked_as_it_is_url_encoded_and_in_json() {
        var url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        var text = String.join("|", SECRET, url, url.replace("+", "%20"), "s3cr3t/+ \\\"quoted\\\" ü~x", "another-one");
        assertThat(secrets.masked("a " + text + " z")).isEqualTo("a ***|***|***|***|*** z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz", "DB_PASSWORD="})
    void a_secret_is_masked_in_base64_wherever_it_begins(String before) {
        for (var encoder :
                List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder(12, new byte[] {'\n'}))) {
            var encoded = encoder.encodeToString((before + SECRET + "\nmore").getBytes(StandardCharsets.UTF_8));
            var masked = secrets.masked(encoded).replaceAll("\\s", "");
            assertThat(masked).contains("***");
            assertThat(masked.length())
                    .as("little is left of %s: %s", encoded, masked)
                    .isLessThan(encoded.length() - SECRET.length());
        }
    }

    @Property(tries = 300)
    void a_text_in_parts_is_masked_as_the_whole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int most) {
        var random = new Random(seed);
        var parts = List.of(
                SECRET,
                "s3cr3",
                "another",
                "another-one",
                "\n",
                " words ",
                Base64.getEncoder().encodeToString(("ab" + SECRET).getBytes(StandardCharsets.UTF_8)));
        var text = new StringBuilder();
        for (int i = 0; i < 12; i++) text.append(parts.get(random.nextInt(parts.size())));
        var masking = secrets.masking();
        var masked = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(most));
            masked.append(masking.add(text.substring(at, end)));
            at = end;
        }
        masked.append(masking.end());
        assertThat(collapsed(masked.toString())).isEqualTo(collapsed(secrets.masked(text.toString())));
    }

    /** Secrets that touch are one mask or several. */
    private static String collapsed(String masked) {
        return masked.replaceAll("(\\*{3})+", "***");
    }

    @Test
    void what_cannot_be_part_of_a_secret_is_not_held_back() {
        var masking = secrets.masking();
        assertThat(masking.add("a line\nanother ")).isEqualTo("a line\nanother ");
        assertThat(masking.add("anoth")).isEmpty();
        assertThat(masking.add("er day")).isEqualTo("another day");
    }

    @Test
    void variables_with_secret_names_are_secrets_and_passwords_within_them() {
        var found = Secrets.ofVariables(Map.of(
                "OPENAI_API_KEY", "sk-0123456789",
                "KAFKA_SASL_JAAS_CONFIG", "x.Login required username=\"ada\" password=\"l0velace\";",
                "HOME", "/home/adalove"));
        assertThat(found.masked("sk-0123456789 l0velace ada /home/adalove")).isEqualTo("*** *** ada /home/adalove");
    }

    @Test
    void a_long_secret_of_several_lines_is_masked_line_by_line() {
        var key = "-----BEGIN KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQ\n".repeat(100) + "-----END KEY-----";
        assertThat(Secrets.of(List.of(key)).masked("say MIIEvQIBADANBgkqhkiG9w0BAQ!"))
                .isEqualTo("say ***!");
        assertThat(Secrets.of(List.of(key)).masked(key)).isEqualTo("***");
    }

    @Test
    void what_is_too_short_is_no_secret() {
        assertThat(Secrets.of(List.of("short")).masked("a short text")).isEqualTo("a short text");
    }
}
