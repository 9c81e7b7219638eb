package io.taskweaver.wire;

import io.taskweaver.model.event.PlanEvent.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of attempts: the planner adds one to each attempt that it issues, the outcome returns it, and planner and
 * context service reject outcomes without a valid ticket. So nobody can complete an attempt that was not issued, e.g.
 * of a task that waits for approval. Only these two services have the key.
 *
 * <p>A ticket is {@code <key id>.<code>}: eight hexadecimal digits that identify the key, and in base64url without
 * padding the HMAC-SHA-256 (RFC 2104) of the domain {@code taskweaver-ticket-1}, the plan's id, the task's id, each
 * with its length in bytes of UTF-8 before it as four bytes, and the attempt's number as four bytes, all big-endian.
 */
public final class Tickets {
    /** Setting: a file with keys, one a line. */
    public static final String KEY_FILE = "taskweaver.ticket.key-file";

    /** Setting: keys, separated by white space. */
    public static final String KEY = "taskweaver.ticket.key";

    /** Setting: permits to run without authentication. */
    public static final String INSECURE = "taskweaver.insecure";

    /** Shortest key, characters: 128 bits in hexadecimal. */
    static final int SHORTEST_KEY = 32;

    private static final String DOMAIN = "taskweaver-ticket-1";
    private static final String KEY_DOMAIN = "taskweaver-ticket-key-1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_ID_BYTES = 4;
    private static final int KEY_BYTES = 32;

    private final List<Key> keys;

    private record Key(String id, SecretKeySpec secret) {}

    private Tickets(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Tickets with the configured keys; those of a file come before those of a setting.
     *
     * @param setting value of a setting by its name
     * @throws IllegalStateException if there is no usable key, and {@link #INSECURE} is not set; the message has the
     *     remedy
     */
    public static Tickets configured(Function<String, Optional<String>> setting) {
        var file = setting.apply(KEY_FILE).filter(name -> !name.isBlank());
        var text = setting.apply(KEY).filter(keys -> !keys.isBlank());
        if (file.isPresent()) return of(read(file.get()), "the file " + file.get());
        if (text.isPresent()) return of(text.get(), "the setting " + KEY);
        if (setting.apply(INSECURE).filter(Boolean::parseBoolean).isPresent()) return unchecked();
        throw new IllegalStateException(
                "There is no ticket key, so everybody who can write to a topic could complete tasks"
                        + ". Set " + KEY_FILE
                        + " to a file with a random key, the same for planner and context service"
                        + " (`openssl rand -hex 32`), or " + INSECURE + "=true to run without tickets.");
    }

    /** A random key. */
    public static String freshKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /**
     * A new key, followed by the one that signed tickets until now, which stays valid; older keys are dropped.
     *
     * @param inUse whether the first key was in use; if not, the second one signed the current tickets
     */
    public static String rotated(String keys, boolean inUse) {
        var known = List.of(keys.strip().split("\\s+", -1));
        return freshKey() + "\n" + (inUse ? known.getFirst() : known.getLast()) + "\n";
    }

    /** Tickets with keys separated by white space: the first signs, all verify. */
    public static Tickets of(String keys) {
        return of(keys, "the list of keys");
    }

    /** Tickets are neither created nor required. */
    public static Tickets unchecked() {
        return new Tickets(List.of());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The file " + file + ", which " + KEY_FILE + " names, cannot be read ("
                            + e.getClass().getSimpleName()
                            + "). Name a file with a key that this service can read.",
                    e);
        }
    }

    private static Tickets of(String text, String where) {
        var keys = new ArrayList<Key>();
        for (var line : text.strip().split("\\s+", -1)) {
            if (line.length() < SHORTEST_KEY)
                throw new IllegalStateException("A ticket key in " + where + " has fewer than " + SHORTEST_KEY
                        + " characters. Generate one with `openssl rand -hex 32`.");
            var secret = new SecretKeySpec(line.getBytes(StandardCharsets.UTF_8), ALGORITHM);
            var id = mac(secret, KEY_DOMAIN.getBytes(StandardCharsets.UTF_8));
            keys.add(new Key(HexFormat.of().formatHex(id, 0, KEY_ID_BYTES), secret));
        }
        return new Tickets(List.copyOf(keys));
    }

    /** Whether outcomes need a ticket. */
    public boolean areChecked() {
        return !keys.isEmpty();
    }

    /** The ticket of an attempt; null if tickets are disabled. */
    public @Nullable String of(String plan, String task, int attempt) {
        return keys.isEmpty() ? null : of(keys.getFirst(), plan, task, attempt);
    }

    /** Why the ticket of an outcome is invalid, for a person; empty if it is valid. Compared in constant time. */
    public Optional<String> fault(String plan, String task, int attempt, @Nullable String ticket) {
        if (keys.isEmpty()) return Optional.empty();
        if (ticket == null) return Optional.of(refusal(task, attempt, "has no ticket"));
        var id = ticket.substring(0, Math.max(0, ticket.indexOf('.')));
        var key = keys.stream().filter(known -> known.id().equals(id)).findFirst();
        if (key.isEmpty())
            return Optional.of(refusal(
                    task,
                    attempt,
                    "has a ticket of an unknown key (this service has "
                            + keys.stream().map(Key::id).collect(Collectors.joining(", "))
                            + "). If planner and context service have different keys, configure the same for both"));
        var right = of(key.get(), plan, task, attempt).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(right, ticket.getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : Optional.of(refusal(task, attempt, "has the ticket of another attempt, or a forged one"));
    }

    /** The same of an outcome. */
    public Optional<String> fault(Outcome outcome) {
        return fault(
                outcome.plan().value(),
                outcome.task().value(),
                outcome.attempt(),
                outcome.ticket().orElse(null));
    }

    private static String refusal(String task, int attempt, String fault) {
        return "The outcome of attempt " + attempt + " of " + task + " " + fault + ".";
    }

    private static String of(Key key, String plan, String task, int attempt) {
        var planBytes = plan.getBytes(StandardCharsets.UTF_8);
        var taskBytes = task.getBytes(StandardCharsets.UTF_8);
        var domain = DOMAIN.getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(domain.length + planBytes.length + taskBytes.length + 3 * Integer.BYTES)
                .put(domain)
                .putInt(planBytes.length)
                .put(planBytes)
                .putInt(taskBytes.length)
                .put(taskBytes)
                .putInt(attempt)
                .array();
        return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key.secret(), message));
    }

    private static byte[] mac(SecretKeySpec secret, byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
