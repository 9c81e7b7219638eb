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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code taskweaver token}: what a program needs to call the local runtime's REST API. */
@Command(
        name = "token",
        description = "Shows or renews the token of the local runtime's REST API.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {TokenCommand.ShowCommand.class, TokenCommand.RotateCommand.class},
        sortOptions = false)
final class TokenCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: show or rotate.");
    }

    /** What both have: the data folder that the token is of. */
    @Command(mixinStandardHelpOptions = true, versionProvider = VersionProvider.class, sortOptions = false)
    abstract static class OfDataFolder implements Callable<Integer> {
        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                defaultValue = ".taskweaver",
                description = "Data folder of the local runtime (default: ${DEFAULT-VALUE}).")
        private Path dataDir = Path.of(".taskweaver");

        final Surroundings surroundings;

        OfDataFolder(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        abstract void of(TokenFile token, Path dataFolder) throws IOException;

        @Override
        public final Integer call() {
            var folder = dataDir.toAbsolutePath().normalize();
            DataFolderTrust.check(folder);
            var token = TokenFile.in(folder);
            try {
                if (token.token().isEmpty())
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "There is no token in " + folder + ": no runtime was started there yet.",
                            "Start one with: taskweaver up --data-dir " + dataDir);
                of(token, folder);
                return ExitCode.DONE;
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "The token in " + folder + " cannot be read or written: " + e + ".",
                        "Only the user who started the runtime may; name another folder with --data-dir.");
            }
        }
    }

    /** {@code taskweaver token show}. */
    @Command(
            name = "show",
            description = "Prints the token. Who has it may do everything.",
            footer = {"", "curl -H @<(taskweaver token show --header) http://127.0.0.1:PORT/api/plans"})
    static final class ShowCommand extends OfDataFolder {
        @Option(
                names = "--header",
                description =
                        "Print the header that carries it, which curl reads with -H @FILE: on a command line other users"
                                + " of the machine would see the token.")
        private boolean header;

        ShowCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        void of(TokenFile token, Path dataFolder) throws IOException {
            surroundings
                    .out()
                    .println((header ? "Authorization: Bearer " : "")
                            + token.token().orElseThrow());
        }
    }

    /** {@code taskweaver token rotate}. */
    @Command(
            name = "rotate",
            description = {
                "Replaces the token: from now on the old one is refused, by a runtime that is up as well.",
                "The broker and the registry get new passwords at the next start, and tickets a new key; the key in use"
                        + " until then is taken until the next rotation after that start."
            })
    static final class RotateCommand extends OfDataFolder {
        RotateCommand(Surroundings surroundings) {
            super(surroundings);
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
            var out = surroundings.out();
            out.println("The token in " + token.path() + " is new; the old one is refused from now on.");
            out.println(
                    "The broker and the registry get new passwords at the next start; until then client.properties"
                            + " stays as it is. Tickets are made with a new key then; those of the key in use until then are taken on.");
        }
    }
}
