@NullMarked
package io.taskweaver.reports.picture;

import org.jspecify.annotations.NullMarked;
