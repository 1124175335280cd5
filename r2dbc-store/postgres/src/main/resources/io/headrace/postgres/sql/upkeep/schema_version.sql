-- Which migrations the schema has
SELECT migration, generation FROM ${schema}.schema_version
