package io.taskweaver.executor;

import io.taskweaver.agents.Secrets;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses a result whose files have a secret in them: it would be published, merged and pushed. */
final class ResultSecrets {
    private static final int MOST_NAMED = 5;

    private ResultSecrets() {}

    /**
     * Why a result is refused.
     *
     * @param credentials what must not be in it, and what each is for a person
     */
    static Optional<String> problem(CodeRepository code, CodeResult result, Map<String, String> credentials)
            throws IOException {
        if (credentials.isEmpty()) return Optional.empty();
        var all = Secrets.of(
                credentials.keySet().stream().map(ResultSecrets::asRead).toList());
        var named = new LinkedHashSet<String>();
        for (var change : result.changes()) {
            if (named.size() >= MOST_NAMED) break;
            var text = text(code, change.after());
            if (all.isIn(text)) named.addAll(named(code, change, text, credentials));
        }
        if (named.isEmpty()) return Optional.empty();
        return Optional.of("Secrets are in the files of the result: " + String.join("; ", named)
                + ". Keep them out of the code: read them from the environment, or from the file that is there.");
    }

    private static List<String> named(
            CodeRepository code, EntryChange change, String text, Map<String, String> credentials) throws IOException {
        var before = text(code, change.before());
        return credentials.entrySet().stream()
                .filter(credential -> {
                    var secret = Secrets.of(List.of(asRead(credential.getKey())));
                    return secret.isIn(text) && !secret.isIn(before);
                })
                .map(credential -> FilePath.visible(change.path()) + " has " + credential.getValue())
                .toList();
    }

    /** One character a byte, so that what is no text is searched too. */
    private static String text(CodeRepository code, Optional<FileEntry> entry) throws IOException {
        if (entry.isEmpty() || entry.get().mode() == FileEntry.SUBMODULE) return "";
        return new String(code.bytes(entry.get().object()), StandardCharsets.ISO_8859_1);
    }

    private static String asRead(String secret) {
        return new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
