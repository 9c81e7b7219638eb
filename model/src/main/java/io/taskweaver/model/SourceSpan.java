package io.taskweaver.model;

/**
 * Lines of a document.
 *
 * @param path path of the document as the user named it
 * @param firstLine first line, from 1
 * @param lastLine last line, inclusive
 */
public record SourceSpan(String path, int firstLine, int lastLine) {
    public SourceSpan {
        if (firstLine < 1 || lastLine < firstLine)
            throw new IllegalArgumentException("not a span: " + firstLine + "-" + lastLine);
    }

    @Override
    public String toString() {
        return path + ":" + (firstLine == lastLine ? "" + firstLine : firstLine + "-" + lastLine);
    }
}
