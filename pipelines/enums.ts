import { legacyEnum } from 'carryover'

/** What an organization pays for. */
export const Plan = legacyEnum('plan', ['free', 'team', 'enterprise'], {
  aliases: { basic: 'free', starter: 'free', trial: 'free', pro: 'team', business: 'team' },
})

/** How an account stands. No fallback: who may log in is not to be guessed. */
export const UserStatus = legacyEnum('user_status', ['active', 'invited', 'suspended', 'closed'], {
  aliases: {
    enabled: 'active',
    ok: 'active',
    '1': 'active',
    pending: 'invited',
    banned: 'suspended',
    blocked: 'suspended',
    '0': 'suspended',
    deleted: 'closed',
  },
})

/** What a tool does. Eight years of free text came before it; what nobody knows is `other`, with a warning. */
export const ToolType = legacyEnum(
  'tool_type',
  ['website', 'web_search', 'scraper', 'api', 'database', 'email', 'other'],
  {
    aliases: {
      web: 'website',
      site: 'website',
      homepage: 'website',
      url: 'website',
      search: 'web_search',
      websearch: 'web_search',
      google: 'web_search',
      crawler: 'scraper',
      spider: 'scraper',
      webscraper: 'scraper',
      rest: 'api',
      http: 'api',
      graphql: 'api',
      webhook: 'api',
      sql: 'database',
      postgres: 'database',
      mail: 'email',
      smtp: 'email',
      misc: 'other',
    },
    fallback: 'other',
  },
)

/** Where an invoice stands. */
export const InvoiceStatus = legacyEnum('invoice_status', ['open', 'paid', 'cancelled'], {
  aliases: { offen: 'open', bezahlt: 'paid', storniert: 'cancelled', void: 'cancelled' },
})
