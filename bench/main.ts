/**
 * What is to be measured: loading into Postgres, or reading large files.
 *
 *     npm run bench -- --records 100000 --rounds 3
 *     npm run bench -- reading --megabytes 1024
 */
if (process.argv[2] === 'reading') await import('./reading.js')
else await import('./loading.js')
