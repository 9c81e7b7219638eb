package io.taskweaver.formats;

import java.util.List;

/**
 * A list as it was written.
 *
 * @param losses what the format does not carry, in sentences
 */
public record ExportedList(String text, List<String> losses) {
    public ExportedList {
        losses = List.copyOf(losses);
    }
}
