package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.FileConflict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.ContentMergeStrategy;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;

/** Combines the two sides of a conflict: the lines of both, in order. */
final class ConflictMerge {
    private static final ObjectMapper STRICT_JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ConflictMerge() {}

    /** A text with both sides; only the proposed one if both together would not be a valid file of its kind. */
    static String of(FileConflict conflict) {
        String current = conflict.current().orElse("");
        String proposed = conflict.proposed().orElse("");
        if (current.isEmpty() || proposed.isEmpty()) return current.isEmpty() ? proposed : current;
        String union = union(conflict.base().orElse(""), current, proposed);
        return isWhole(conflict.path(), union) ? union : proposed;
    }

    private static String union(String base, String current, String proposed) {
        var algorithm = new MergeAlgorithm();
        algorithm.setContentMergeStrategy(ContentMergeStrategy.UNION);
        var merged = algorithm.merge(RawTextComparator.DEFAULT, text(base), text(current), text(proposed));
        var out = new ByteArrayOutputStream();
        try {
            new MergeFormatter()
                    .formatMerge(out, merged, List.of("base", "current", "proposed"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RawText text(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isWhole(String path, String text) {
        if (path.endsWith(".java")) return JavaInterface.isSource(text);
        if (!path.endsWith(".json")) return true;
        try {
            STRICT_JSON.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
