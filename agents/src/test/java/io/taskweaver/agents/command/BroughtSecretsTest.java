package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BroughtSecretsTest {
    private static Set<String> of(String text) {
        var secrets = new LinkedHashSet<String>();
        BroughtSecrets.add(text, secrets);
        return secrets;
    }

    @Test
    void values_with_the_name_of_a_secret_are_secrets_as_long_as_they_are_no_abbreviations() {
        assertThat(of("""
                API_TOKEN=letters
                export DB_PASSWORD="with space" # the usual one
                'client-secret': 'quoted1'
                TOKEN_TYPE=jwt
                """)).contains("letters", "with space", "quoted1").doesNotContain("jwt");
    }

    @Test
    void of_other_values_those_are_that_are_no_words_numbers_paths_or_hosts() {
        assertThat(of("""
                NODE_ENV=development
                PORT=30001234
                HOST=localhost:8080
                CACHE=/var/cache/some/where
                STRIPE=sk_live_0123456789
                """)).containsExactly("sk_live_0123456789");
    }

    @Test
    void a_password_in_an_address_is_one_by_itself() {
        assertThat(of("DATABASE_URL=postgres://ada:l0velace@db/shop")).contains("l0velace");
    }

    @Test
    void lines_of_keys_are_secrets() {
        assertThat(of("-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END KEY-----\n"))
                .contains("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC");
    }
}
