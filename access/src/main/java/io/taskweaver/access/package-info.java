/** Authentication, authorization and limits of HTTP requests, for every service. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "TaskWeaver",
                        version = "1",
                        description = "Submit requirements, read plans and their results, send commands."
                                + " Errors are problem documents (RFC 9457) with a hint.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        security = @SecurityRequirement(name = "token"),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "token",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        description =
                                                "The token of the local runtime is in the file 'token' of its data"
                                                        + " folder. Roles: viewer reads, operator also submits and sends commands."),
                        responses =
                                @APIResponse(
                                        name = "Problem",
                                        description = "A problem document",
                                        content =
                                                @Content(
                                                        mediaType = Problem.MEDIA_TYPE,
                                                        schema = @Schema(implementation = Problem.class),
                                                        examples =
                                                                @ExampleObject(
                                                                        name = "unknown field",
                                                                        value =
                                                                                "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"The body is invalid: planID: unknown field; known fields are changes, code, documents, findings, options, planId, structure.\",\"hint\":\"Correct it; /q/openapi describes bodies.\"}")))))
@NullMarked
package io.taskweaver.access;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
