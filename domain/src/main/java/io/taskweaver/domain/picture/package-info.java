/** Plans for the eye: Markdown, Mermaid, DOT, SVG and a page that can be walked through. */
@NullMarked
package io.taskweaver.domain.picture;

import org.jspecify.annotations.NullMarked;
