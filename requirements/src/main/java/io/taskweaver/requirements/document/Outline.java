package io.taskweaver.requirements.document;

import java.util.List;
import java.util.Optional;

/**
 * A document as a tree of sections.
 *
 * @param root level 0, holds what stands before the first heading
 * @param shapes what each line looks like; as many as the document has lines, at least one
 * @param title what its front matter calls it
 * @param links from its lines to its headings
 * @param repairs what was read otherwise than Markdown says
 */
public record Outline(
        String path,
        Section root,
        List<LineShape> shapes,
        Optional<String> title,
        List<Link> links,
        List<Repair> repairs) {
    public Outline {
        links = List.copyOf(links);
        repairs = List.copyOf(repairs);
        shapes = List.copyOf(shapes);
    }

    /** Number of lines of the document. */
    public int lines() {
        return shapes.size();
    }
}
