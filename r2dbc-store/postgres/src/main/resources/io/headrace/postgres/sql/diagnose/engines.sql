-- How many engines are alive.
SELECT count(*)::integer AS live FROM ${schema}.worker w WHERE w.expires_at > now()
