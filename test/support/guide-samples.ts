/** Blocks of the configuration guide, as managers have them. They must load as they are. */

export const GUIDE_OVERVIEW = `locations:
  - address: "Location Address"
    city: "City Name"
    island: "Trinidad"
    subcategories: ["Restaurant", "Bar"]
    pos:
      loyverse:
        enabled: true
        provider: "loyverse"
        store_id: "{{ env \`LOYVERSE_STORE_ID_LOCATION_NAME\` }}"
        access_token: "{{ env \`LOYVERSE_ACCESS_TOKEN_LOCATION_NAME\` }}"
        # ... other config
      odoo:
        enabled: true
        provider: "odoo"
        # ... other config
`;

export const GUIDE_LOCATION = `- address: "High Street, San Fernando"
  city: "San Fernando"
  island: "Trinidad"
  subcategories: 
    - Restaurant
  latlon: [10.2833,-61.4667]
  phone: 18681234567
  whatsapp: 18681234567
  orderingtables: ["Table 1", "Table 2", "Table 3", "Takeaway Only"]
  delivery:
    fooddrop: https://fooddropcaribbean.com/en/store/OMGSushi/san-fernando
  pos:
    loyverse:
      enabled: true
      provider: "loyverse"
      store_id: "{{ env \`LOYVERSE_STORE_ID_SAN_FERNANDO\` }}"
      access_token: "{{ env \`LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO\` }}"
      webhook_secret: "{{ env \`LOYVERSE_WEBHOOK_SECRET\` }}"
      api_url: "{{ env \`POS_API_URL\` }}"
      sync_menu: true
      auto_process_orders: true
      fallback_to_whatsapp: true
    odoo:
      enabled: true
      provider: "odoo"
      company_id: "{{ env \`ODOO_COMPANY_ID_SAN_FERNANDO\` }}"
      partner_id: "{{ env \`ODOO_PARTNER_ID_SAN_FERNANDO\` }}"
      pos_config_id: "{{ env \`ODOO_POS_CONFIG_ID_SAN_FERNANDO\` }}"
      user_id: "{{ env \`ODOO_USER_ID_SAN_FERNANDO\` }}"
      api_url: "{{ env \`ODOO_API_URL_SAN_FERNANDO\` }}"
      database: "{{ env \`ODOO_DATABASE_SAN_FERNANDO\` }}"
      sync_menu: true
      auto_process_orders: true
      fallback_to_whatsapp: true
  opening_hours:
    mode: Auto
    sun: []
    mon:
      - type: Open
        time: "11:00"
      - type: Close
        time: "22:00"
    # ... rest of opening hours
`;
