package io.taskweaver.cli;

import io.taskweaver.cli.runtime.DataFolderTrust;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.SecretFile;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver token}: what a program needs to call the local runtime's REST API. */
@Command(
        name = "token",
        description = "Shows or replaces the token of the local runtime's REST API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCommand.ShowCommand.class, TokenCommand.RotateCommand.class})
final class TokenCommand {
    /** What both have: the data folder of the runtime. */
    abstract static class OfDataFolder implements Callable<Integer> {
        @Mixin
        private DataFolderOption dataFolder;

        final CommandContext context;

        OfDataFolder(CommandContext context) {
            this.context = context;
        }

        abstract void of(TokenFile token, Path dataFolder) throws IOException;

        @Override
        public final Integer call() {
            var folder = dataFolder.path();
            DataFolderTrust.check(folder);
            var token = TokenFile.in(folder);
            try {
                if (token.token().isEmpty())
                    throw CommandFailure.badInput(
                            "There is no token in " + folder + ": no runtime has been started there.",
                            "Start one with: taskweaver up" + dataFolder.argument());
                of(token, folder);
                return ExitCode.DONE;
            } catch (IOException e) {
                throw CommandFailure.badInput(
                        "The token in " + folder + " cannot be read or written: " + e + ".",
                        "Run this command as the user who started the runtime, or name another folder with --data-dir.");
            }
        }
    }

    /** {@code taskweaver token show}. */
    @Command(
            name = "show",
            description = "Prints the token. It gives full access to the REST API.",
            footer = {"", "curl -H @<(taskweaver token show --header) http://127.0.0.1:PORT/api/plans"})
    static final class ShowCommand extends OfDataFolder {
        @Option(
                names = "--header",
                description =
                        "Print an HTTP header with the token, for curl -H @FILE. On a command line, other users of the"
                                + " machine could see the token.")
        private boolean header;

        ShowCommand(CommandContext context) {
            super(context);
        }

        @Override
        void of(TokenFile token, Path dataFolder) throws IOException {
            context.out()
                    .println((header ? "Authorization: Bearer " : "")
                            + token.token().orElseThrow());
        }
    }

    /** {@code taskweaver token rotate}. */
    @Command(
            name = "rotate",
            description = {
                "Replaces the token. The old one stops working at once, also for a running runtime.",
                "At the next start the broker and the registry get new passwords, and tickets a new key. Tickets signed"
                        + " with the previous key stay valid until the next rotation after that start."
            })
    static final class RotateCommand extends OfDataFolder {
        RotateCommand(CommandContext context) {
            super(context);
        }

        @Override
        void of(TokenFile token, Path dataFolder) throws IOException {
            token.renew();
            // The runtime makes a new one when it finds none: it was not started since the last rotation then.
            boolean wasStarted = Files.exists(SecretFile.PASSWORD.in(dataFolder));
            Files.deleteIfExists(SecretFile.PASSWORD.in(dataFolder));
            Files.deleteIfExists(SecretFile.REGISTRY_PASSWORD.in(dataFolder));
            var key = SecretFile.TICKET_KEY.in(dataFolder);
            if (Files.exists(key)) OwnerFile.write(key, Tickets.rotated(Files.readString(key), wasStarted));
            var out = context.out();
            out.println("The token in " + token.path() + " is replaced; the old one no longer works.");
            out.println(
                    "At the next start the broker and the registry get new passwords, and tickets a new key. Until then"
                            + " client.properties stays valid; tickets signed with the previous key stay valid after it.");
        }
    }
}
