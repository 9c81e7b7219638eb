; What a TypeScript file declares and uses.
(import_statement source: (string (string_fragment) @import))
(export_statement source: (string (string_fragment) @import))
(call_expression function: [(import) (identifier)] @require arguments: (arguments (string (string_fragment) @required)))
(export_statement) @exported
(export_statement (export_clause (export_specifier name: (identifier) @export)))
(export_statement value: (identifier) @export)
(export_statement value: [(arrow_function) (function_expression)] @default)
(export_statement value: (class body: (_)? @body) @defaultclass)
(class_declaration name: (type_identifier) @name body: (_)? @body) @type
(abstract_class_declaration name: (type_identifier) @name body: (_)? @body) @type
(enum_declaration name: (identifier) @name body: (_)? @body) @type
(type_alias_declaration name: (type_identifier) @name) @type
(interface_declaration name: (type_identifier) @name body: (_)? @body) @interface
(internal_module name: (_) @name body: (_)? @body) @scope
(function_declaration name: (identifier) @name body: (_)? @body) @operation
(generator_function_declaration name: (identifier) @name body: (_)? @body) @operation
(function_signature name: (identifier) @name) @operation
(method_definition name: (_) @name body: (_)? @body) @operation
(method_signature name: (_) @name) @operation
(abstract_method_signature name: (_) @name) @operation
(variable_declarator name: (identifier) @name value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @operation
(variable_declarator name: (identifier) @name value: [(number) (string)] @value) @constant
(decorator (call_expression function: (identifier) @annotation arguments: (arguments . (string (string_fragment) @route))))
(call_expression function: (member_expression property: (property_identifier) @verb) arguments: (arguments . (string (string_fragment) @route) . (_)))
(type_identifier) @mention
