-- Runs after every migration, so that tables of later migrations are covered by the same rule:
-- noi_app reads and adds to the log, moves its head, and uses all other tables freely.
DO $$
DECLARE
    table_name text;
BEGIN
    -- One at a time in this database.
    PERFORM pg_advisory_xact_lock(hashtext('noi_app grants'));

    -- Roles belong to the cluster: another database of it may be creating the same one just now.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'noi_app') THEN
        BEGIN
            CREATE ROLE noi_app NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE WARNING 'the role noi_app is missing and this user may not create it: only triggers protect the log';
                RETURN;
        END;
    END IF;

    IF NOT pg_has_role(current_user, 'noi_app', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT noi_app TO %I', current_user);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE WARNING 'this user is not a member of noi_app: only triggers protect the log';
        END;
    END IF;

    EXECUTE format('GRANT USAGE ON SCHEMA %I TO noi_app', current_schema());

    FOR table_name IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
    LOOP
        CASE
            WHEN table_name IN ('event_log', 'command_log', 'command_stream') THEN
                EXECUTE format('REVOKE ALL ON TABLE %I FROM noi_app', table_name);
                EXECUTE format('GRANT SELECT, INSERT ON TABLE %I TO noi_app', table_name);
            WHEN table_name = 'event_log_head' THEN
                EXECUTE format('REVOKE ALL ON TABLE %I FROM noi_app', table_name);
                EXECUTE format('GRANT SELECT, UPDATE ON TABLE %I TO noi_app', table_name);
            WHEN table_name = '_sqlx_migrations' THEN
                EXECUTE format('GRANT SELECT ON TABLE %I TO noi_app', table_name);
            ELSE
                EXECUTE format(
                    'GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLE %I TO noi_app'
                  , table_name
                );
        END CASE;
    END LOOP;

    -- Read models are built by the role that keeps them: it makes their tables, and drops them.
    GRANT USAGE, CREATE ON SCHEMA noi_read TO noi_app;
    FOR table_name IN
        SELECT tablename
          FROM pg_tables
         WHERE schemaname = 'noi_read'
           AND tableowner <> 'noi_app'
           AND pg_has_role(current_user, 'noi_app', 'MEMBER')
    LOOP
        -- Made while there was no such role.
        EXECUTE format('ALTER TABLE noi_read.%I OWNER TO noi_app', table_name);
    END LOOP;

    EXECUTE format(
        'GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %I TO noi_app'
      , current_schema()
    );
END
$$;
