package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BroughtSecretsTest {
    private static BroughtSecrets of(String text) {
        return BroughtSecrets.of(".env", text);
    }

    private static boolean hides(String text, String value) {
        return of(text).secrets().isIn("a " + value + " z");
    }

    @Test
    void values_with_the_name_of_a_secret_are_secrets_as_long_as_they_are_no_abbreviations() {
        var text = """
            API_TOKEN=letters
            export DB_PASSWORD="with space" # the usual one
            'client-secret': 'quoted12'
            TOKEN_TYPE=jwt
            """;
        assertThat(List.of("letters", "with space", "quoted12")).allMatch(value -> hides(text, value));
        assertThat(hides(text, "jwt")).isFalse();
        assertThat(of(text).credentials()).isEqualTo(Map.of("quoted12", "client-secret of .env"));
    }

    @Test
    void of_other_values_those_are_that_are_no_words_numbers_paths_or_hosts() {
        var text = """
            NODE_ENV=development
            PORT=30001234
            HOST=localhost:8080
            CACHE=/var/cache/some/where
            STRIPE=sk_live_0123456789
            """;
        assertThat(of(text).secrets().masked(text)).isEqualTo(text.replace("sk_live_0123456789", "***"));
        assertThat(of(text).credentials()).isEmpty();
    }

    @Test
    void a_password_in_an_address_is_one_by_itself() {
        var text = "DATABASE_URL=postgres://ada:l0velace@db/shop";
        assertThat(hides(text, "l0velace")).isTrue();
        assertThat(of(text).credentials()).isEqualTo(Map.of("l0velace", "the password in DATABASE_URL of .env"));
    }

    @Test
    void lines_of_keys_are_secrets() {
        var text = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END KEY-----\n";
        assertThat(hides(text, "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC")).isTrue();
        assertThat(of(text).credentials()).isEqualTo(Map.of("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "a line of .env"));
    }
}
