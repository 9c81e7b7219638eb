package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_token_is_shown_and_replaced_and_the_passwords_and_the_key_of_tickets_with_it() throws IOException {
        var file = TokenFile.in(folder);
        file.ensure();
        var first = file.token().orElseThrow();
        Files.writeString(folder.resolve("password"), "old");
        Files.writeString(folder.resolve("registry-password"), "old");
        var oldKey = Tickets.freshKey();
        Files.writeString(folder.resolve("ticket.key"), oldKey + "\n" + Tickets.freshKey());
        var ordered = Tickets.of(oldKey).of("p", "t", 1);
        assertThat(Typed.command("token", "show", "--data-dir", folder.toString()))
                .isEqualTo(new Typed(0, first + "\n", ""));
        assertThat(Typed.command("token", "show", "--header", "--data-dir", folder.toString())
                        .out())
                .isEqualTo("Authorization: Bearer " + first + "\n");

        var rotated = Typed.command("token", "rotate", "--data-dir", folder.toString());

        assertThat(rotated.exitCode()).isZero();
        assertThat(rotated.out()).contains("At the next start").doesNotContain(first);
        assertThat(file.token().orElseThrow()).isNotEqualTo(first);
        assertThat(rotated.out()).doesNotContain(file.token().orElseThrow());
        assertThat(folder.resolve("password")).doesNotExist();
        assertThat(folder.resolve("registry-password")).doesNotExist();
        var tickets = Tickets.of(Files.readString(folder.resolve("ticket.key")));
        assertThat(tickets.fault("p", "t", 1, ordered)).isEmpty();
        assertThat(tickets.of("p", "t", 1)).isNotEqualTo(ordered);
        assertThat(Files.readAllLines(folder.resolve("ticket.key"))).hasSize(2);

        Typed.command("token", "rotate", "--data-dir", folder.toString());

        var again = Tickets.of(Files.readString(folder.resolve("ticket.key")));
        assertThat(again.fault("p", "t", 1, ordered)).as("no start in between").isEmpty();
        assertThat(again.of("p", "t", 1)).isNotEqualTo(tickets.of("p", "t", 1));
        assertThat(Files.readAllLines(folder.resolve("ticket.key"))).hasSize(2);
    }

    @Test
    void where_no_runtime_was_there_is_no_token_and_none_is_made() {
        var shown = Typed.command("token", "show", "--data-dir", folder.toString());
        assertThat(shown.exitCode()).isEqualTo(2);
        assertThat(shown.err()).contains("no token", "taskweaver up");
        assertThat(Typed.command("token", "rotate", "--data-dir", folder.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        assertThat(Typed.command("token").exitCode()).isEqualTo(2);
    }
}
