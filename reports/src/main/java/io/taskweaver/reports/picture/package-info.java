/** Plans for the eye: Markdown, Mermaid, DOT, SVG and a page that can be walked through. */
@NullMarked
package io.taskweaver.reports.picture;

import org.jspecify.annotations.NullMarked;
