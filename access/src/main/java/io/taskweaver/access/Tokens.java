package io.taskweaver.access;

import io.taskweaver.wire.rest.WatchedFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Valid tokens and their roles, from settings and from files that are read again when they change. Only hashes are
 * kept. While a file is invalid, none of its tokens is valid.
 */
@Singleton
final class Tokens {
    /** RFC 6750 section 2.1, with a minimum length against guessing. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}=*");

    private static final Logger LOG = Logger.getLogger(Tokens.class);

    private final List<WatchedFile<List<Entry>>> files = new ArrayList<>();
    private final List<Entry> fixed;
    private final AtomicReference<String> lastLogged = new AtomicReference<>("");

    record Entry(byte[] hash, AccessRole role) {}

    /** @throws IllegalArgumentException if a file is invalid, with its name */
    @Inject
    Tokens(AccessSettings settings) {
        this.fixed = settings.tokens()
                .filter(tokens -> !tokens.isEmpty())
                .map(Tokens::setting)
                .orElse(List.of());
        settings.tokensFile().ifPresent(file -> add(file, Tokens::lines));
        settings.adminTokenFile().ifPresent(file -> add(file, Tokens::admin));
    }

    private void add(Path path, Function<String, List<Entry>> reading) {
        var file = new WatchedFile<>(path, reading);
        try {
            file.content();
        } catch (IOException e) {
            throw new IllegalArgumentException("The token file " + path + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The token file " + path + " is invalid: " + e.getMessage(), e);
        }
        files.add(file);
    }

    /** Whether any are configured. */
    boolean areConfigured() {
        return !files.isEmpty() || !fixed.isEmpty();
    }

    /** The role of a token; takes the same time for every unknown token. */
    Optional<AccessRole> roleOf(String token) {
        var hash = sha256(token);
        return Stream.concat(Stream.of(fixed), files.stream().map(this::content))
                .flatMap(List::stream)
                .filter(entry -> MessageDigest.isEqual(entry.hash(), hash))
                .map(Entry::role)
                .max(Comparator.naturalOrder());
    }

    private static List<Entry> setting(List<String> tokens) {
        try {
            return lines(String.join("\n", tokens));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("taskweaver.access.tokens is invalid: " + e.getMessage(), e);
        }
    }

    private List<Entry> content(WatchedFile<List<Entry>> file) {
        try {
            return file.content();
        } catch (IOException | IllegalArgumentException e) {
            var words = file.path() + ": " + (e instanceof IOException ? e.toString() : e.getMessage());
            // Logged once for each cause, not for each request.
            if (!words.equals(lastLogged.getAndSet(words)))
                LOG.errorf("The token file is invalid, so none of its tokens is accepted: %s", words);
            return List.of();
        }
    }

    private static List<Entry> admin(String text) {
        return List.of(new Entry(sha256(checked(text.strip(), 1)), AccessRole.ADMIN));
    }

    private static List<Entry> lines(String text) {
        var entries = new ArrayList<Entry>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) continue;
            int colon = stripped.indexOf(':');
            var role = colon < 0
                    ? Optional.<AccessRole>empty()
                    : AccessRole.named(stripped.substring(0, colon).strip());
            if (role.isEmpty())
                throw new IllegalArgumentException("line " + number
                        + " does not start with a role; write role:token, where role is viewer, operator or admin");
            entries.add(new Entry(sha256(checked(stripped.substring(colon + 1).strip(), number)), role.get()));
        }
        if (entries.isEmpty())
            throw new IllegalArgumentException("it contains no token; write role:token, one per line");
        return entries;
    }

    /** The message never holds the token. */
    private static String checked(String token, int line) {
        if (!TOKEN.matcher(token).matches())
            throw new IllegalArgumentException("the token in line " + line
                    + " is invalid: 16 to 512 letters, digits and - . _ ~ + / are expected");
        return token;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
