/** Servers that host repositories, GitHub and GitLab: pull requests by their REST APIs. */
@NullMarked
package io.taskweaver.client.hosting;

import org.jspecify.annotations.NullMarked;
