"use strict";
// Generated from api/openapi.yaml by sdk/generator; do not edit.
const OPERATIONS = {
  agents: {
    list: {"method":"GET","path":"/v1/agents","query":["name","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/agents","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/agents/{agent}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/agents/{agent}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/agents/{agent}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/agents/{agent}","headers":["If-Match","Idempotency-Key"],"answer":"json"},
    listIntegrations: {"method":"GET","path":"/v1/agents/{agent}/integrations","query":["limit","offset"],"answer":"page"},
    listActiveIntegrations: {"method":"GET","path":"/v1/agents/{agent}/activate_integrations","query":["limit","offset"],"answer":"page"},
  },
  conversations: {
    create: {"method":"POST","path":"/v1/agents/{agent}/sessions","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    chatWithAgent: {"method":"POST","path":"/v1/agents/{agent}/chat","headers":["Last-Event-ID","Idempotency-Key"],"body":"json","answer":"json_or_stream"},
    list: {"method":"GET","path":"/v1/sessions","query":["agent","limit","offset"],"answer":"page"},
    get: {"method":"GET","path":"/v1/sessions/{session}","headers":["If-None-Match"],"answer":"json"},
    listMessages: {"method":"GET","path":"/v1/sessions/{session}/messages","query":["limit","offset"],"answer":"page"},
    follow: {"method":"GET","path":"/v1/sessions/{session}/stream","query":["last_event_id"],"headers":["Last-Event-ID"],"answer":"stream"},
    cancel: {"method":"POST","path":"/v1/sessions/{session}/cancel","headers":["Idempotency-Key"],"answer":"json"},
  },
  sources: {
    list: {"method":"GET","path":"/v1/sources","query":["type","status","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/sources","query":["url","branch","runner","name"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    preview: {"method":"GET","path":"/v1/sources/load","query":["url","branch","runner","name"],"answer":"json"},
    load: {"method":"POST","path":"/v1/sources/load","query":["url","branch","runner","name"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    createZip: {"method":"POST","path":"/v1/sources/zip","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    putZip: {"method":"PUT","path":"/v1/sources/zip","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    loadZip: {"method":"POST","path":"/v1/sources/zip/load","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    putLoadZip: {"method":"PUT","path":"/v1/sources/zip/load","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    syncZip: {"method":"POST","path":"/v1/sources/zip/sync/{source}","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    putSyncZip: {"method":"PUT","path":"/v1/sources/zip/sync/{source}","query":["runner","name"],"headers":["Idempotency-Key"],"body":"form","answer":"json"},
    listAgent: {"method":"GET","path":"/v1/sources/agent_sources/{agent}","query":["limit","offset"],"headers":["If-None-Match"],"answer":"page"},
    get: {"method":"GET","path":"/v1/sources/{source}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/sources/{source}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/sources/{source}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/sources/{source}","headers":["If-Match","Idempotency-Key"],"answer":"json"},
    getMetadata: {"method":"GET","path":"/v1/sources/{source}/metadata","headers":["If-None-Match"],"answer":"json"},
    sync: {"method":"POST","path":"/v1/sources/{source}/sync","headers":["Idempotency-Key"],"body":"json","answer":"json"},
  },
  tools: {
    list: {"method":"GET","path":"/v1/tools","query":["source_id","q","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/tools","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    search: {"method":"GET","path":"/v1/tools/search","query":["q","query","source_id","limit","offset"],"answer":"page"},
    execute: {"method":"POST","path":"/v1/tools/exec","query":["runner"],"headers":["x-vercel-ai-data-stream","Idempotency-Key"],"body":"json","answer":"stream"},
    get: {"method":"GET","path":"/v1/tools/{tool}","query":["source_id"],"headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/tools/{tool}","query":["source_id"],"headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/tools/{tool}","query":["source_id"],"headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/tools/{tool}","query":["source_id"],"headers":["If-Match","Idempotency-Key"],"answer":"json"},
    start: {"method":"POST","path":"/v1/tools/{tool}/executions","query":["runner"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
  },
  approvals: {
    list: {"method":"GET","path":"/v1/approvals","query":["status","for_me","execution_id","limit","offset"],"answer":"page"},
    get: {"method":"GET","path":"/v1/approvals/{approval}","headers":["If-None-Match"],"answer":"json"},
    approve: {"method":"POST","path":"/v1/approvals/{approval}/approve","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    reject: {"method":"POST","path":"/v1/approvals/{approval}/reject","headers":["Idempotency-Key"],"body":"json","answer":"json"},
  },
  tasks: {
    list: {"method":"GET","path":"/v1/tasks","query":["status","agent","runner","sort","order","limit","offset","page"],"answer":"page"},
    create: {"method":"POST","path":"/v1/tasks","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    listOfAgent: {"method":"GET","path":"/v1/tasks/agent/{agent}","query":["status","sort","order","limit","offset","page"],"answer":"page"},
    listOfRunner: {"method":"GET","path":"/v1/tasks/runner/{runner}","query":["status","sort","order","limit","offset","page"],"answer":"page"},
    get: {"method":"GET","path":"/v1/tasks/{task}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/tasks/{task}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/tasks/{task}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/tasks/{task}","headers":["If-Match","Idempotency-Key"],"answer":"json"},
    cancel: {"method":"PUT","path":"/v1/tasks/{task}/cancel","headers":["Idempotency-Key"],"answer":"json"},
    listLogs: {"method":"GET","path":"/v1/tasks/{task}/logs","query":["start_time","end_time","level","follow","limit","last_event_id"],"headers":["Last-Event-ID"],"answer":"json_or_stream"},
    getStatus: {"method":"GET","path":"/v1/tasks/{task}/status","answer":"json"},
  },
  schedules: {
    list: {"method":"GET","path":"/v1/schedules","query":["status","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/schedules","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/schedules/{schedule}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/schedules/{schedule}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/schedules/{schedule}","headers":["If-Match","Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/schedules/{schedule}","headers":["If-Match","Idempotency-Key"],"answer":"json"},
    pause: {"method":"POST","path":"/v1/schedules/{schedule}/pause","headers":["Idempotency-Key"],"answer":"json"},
    resume: {"method":"POST","path":"/v1/schedules/{schedule}/resume","headers":["Idempotency-Key"],"answer":"json"},
  },
  workflows: {
    list: {"method":"GET","path":"/v1/workflows","query":["limit","offset"],"answer":"page"},
    start: {"method":"POST","path":"/v1/workflows/executions","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    getExecution: {"method":"GET","path":"/v1/workflows/executions/{run}","headers":["If-None-Match"],"answer":"json"},
    get: {"method":"GET","path":"/v1/workflows/{workflow}","headers":["If-None-Match"],"answer":"json"},
  },
  executions: {
    list: {"method":"GET","path":"/v1/executions","query":["kind","status","tool","subject","limit","offset"],"answer":"page"},
    get: {"method":"GET","path":"/v1/executions/{execution}","headers":["If-None-Match"],"answer":"json"},
    listLogs: {"method":"GET","path":"/v1/executions/{execution}/logs","query":["follow","last_event_id","limit","offset"],"headers":["Last-Event-ID"],"answer":"json_or_stream"},
    cancel: {"method":"POST","path":"/v1/executions/{execution}/cancel","headers":["Idempotency-Key"],"answer":"json"},
  },
  runners: {
    list: {"method":"GET","path":"/v1/runners","query":["limit","offset"],"answer":"page"},
    get: {"method":"GET","path":"/v1/runners/{runner}","headers":["If-None-Match"],"answer":"json"},
    create: {"method":"POST","path":"/v1/runners/{runner}","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    replace: {"method":"PUT","path":"/v1/runners/{runner}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/runners/{runner}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/runners/{runner}","query":["force"],"headers":["Idempotency-Key","If-Match"],"answer":"json"},
    describe: {"method":"GET","path":"/v1/runners/{runner}/describe","headers":["If-None-Match"],"answer":"json"},
    getHealth: {"method":"GET","path":"/v1/runners/{runner}/health","answer":"json"},
    getHelmValues: {"method":"GET","path":"/v1/runners/{runner}/helm","query":["format"],"answer":"json"},
    getManifest: {"method":"GET","path":"/v1/runners/{runner}/manifest","query":["format"],"answer":"json"},
    operate: {"method":"POST","path":"/v1/runners/{runner}/ops","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    listTokens: {"method":"GET","path":"/v1/runners/{runner}/tokens","query":["limit","offset"],"answer":"page"},
    createToken: {"method":"POST","path":"/v1/runners/{runner}/tokens","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    getToken: {"method":"GET","path":"/v1/runners/{runner}/tokens/{runner_token}","headers":["If-None-Match"],"answer":"json"},
    revokeToken: {"method":"DELETE","path":"/v1/runners/{runner}/tokens/{runner_token}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
  },
  secrets: {
    list: {"method":"GET","path":"/v1/secrets","query":["limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/secrets","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/secrets/{secret}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/secrets/{secret}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/secrets/{secret}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/secrets/{secret}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    getValue: {"method":"GET","path":"/v1/secrets/{secret}/value","answer":"json"},
  },
  knowledge: {
    list: {"method":"GET","path":"/v1/knowledge","query":["tag","type","visibility","query","sort","order","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/knowledge","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    search: {"method":"GET","path":"/v1/knowledge/search","query":["query","tag","type","visibility","by","sort","limit","offset"],"answer":"page"},
    upload: {"method":"POST","path":"/v1/knowledge/files","headers":["Idempotency-Key"],"body":"form","answer":"json"},
    listFolders: {"method":"GET","path":"/v1/knowledge/folders","query":["limit","offset"],"answer":"page"},
    createFolder: {"method":"POST","path":"/v1/knowledge/folders","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    getFolder: {"method":"GET","path":"/v1/knowledge/folders/{knowledge_folder}","headers":["If-None-Match"],"answer":"json"},
    deleteFolder: {"method":"DELETE","path":"/v1/knowledge/folders/{knowledge_folder}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    syncFolder: {"method":"POST","path":"/v1/knowledge/folders/{knowledge_folder}/sync","headers":["Idempotency-Key"],"answer":"json"},
    get: {"method":"GET","path":"/v1/knowledge/{knowledge}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/knowledge/{knowledge}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/knowledge/{knowledge}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/knowledge/{knowledge}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    replaceFile: {"method":"PUT","path":"/v1/knowledge/{knowledge}/file","headers":["Idempotency-Key","If-Match"],"body":"form","answer":"json"},
    listVersions: {"method":"GET","path":"/v1/knowledge/{knowledge}/versions","query":["order","limit","offset"],"answer":"page"},
    getVersion: {"method":"GET","path":"/v1/knowledge/{knowledge}/versions/{knowledge_version}","headers":["If-None-Match"],"answer":"json"},
    compareVersions: {"method":"GET","path":"/v1/knowledge/{knowledge}/versions/{knowledge_version}/diff","query":["from"],"answer":"json"},
    restoreVersion: {"method":"POST","path":"/v1/knowledge/{knowledge}/versions/{knowledge_version}/restore","headers":["Idempotency-Key","If-Match"],"answer":"json"},
  },
  integrations: {
    list: {"method":"GET","path":"/v1/integrations","query":["limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/integrations","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/integrations/{integration}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/integrations/{integration}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/integrations/{integration}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/integrations/{integration}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
  },
  policies: {
    list: {"method":"GET","path":"/v1/policies","query":["limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/policies","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/policies/{policy}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/policies/{policy}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/policies/{policy}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/policies/{policy}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    validate: {"method":"POST","path":"/v1/policies/validate","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    evaluate: {"method":"POST","path":"/v1/policies/evaluate","headers":["Idempotency-Key"],"body":"json","answer":"json"},
  },
  models: {
    get: {"method":"GET","path":"/v1/organization/model","answer":"json"},
    set: {"method":"PUT","path":"/v1/organization/model","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/organization/model","headers":["Idempotency-Key"],"answer":"json"},
  },
  projects: {
    list: {"method":"GET","path":"/v1/projects","query":["name","status","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/projects","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/projects/{project}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/projects/{project}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/projects/{project}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/projects/{project}","query":["force"],"headers":["Idempotency-Key","If-Match"],"answer":"json"},
    listVariables: {"method":"GET","path":"/v1/projects/{project}/variables","query":["limit","offset"],"answer":"page"},
    setVariables: {"method":"PUT","path":"/v1/projects/{project}/variables","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"page"},
    plan: {"method":"POST","path":"/v1/projects/{project}/plan","query":["wait"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    apply: {"method":"POST","path":"/v1/projects/{project}/apply","query":["wait"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    destroy: {"method":"POST","path":"/v1/projects/{project}/destroy","query":["wait"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    approvePlan: {"method":"POST","path":"/v1/projects/{project}/approve","query":["wait"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    rejectPlan: {"method":"POST","path":"/v1/projects/{project}/reject","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    cancelExecution: {"method":"POST","path":"/v1/projects/{project}/cancel","query":["wait"],"headers":["Idempotency-Key"],"body":"json","answer":"json"},
    listExecutions: {"method":"GET","path":"/v1/projects/{project}/executions","query":["status","limit","offset"],"answer":"page"},
    getExecution: {"method":"GET","path":"/v1/projects/{project}/executions/{project_execution}","query":["wait"],"headers":["If-None-Match"],"answer":"json"},
    getPlan: {"method":"GET","path":"/v1/projects/{project}/executions/{project_execution}/plan","answer":"json"},
    getExecutionLogs: {"method":"GET","path":"/v1/projects/{project}/executions/{project_execution}/logs","query":["follow","limit","offset","last_event_id"],"headers":["Last-Event-ID"],"answer":"json_or_stream"},
    getDrift: {"method":"GET","path":"/v1/projects/{project}/drift","answer":"json"},
    checkDrift: {"method":"POST","path":"/v1/projects/{project}/drift","headers":["Idempotency-Key"],"answer":"json"},
  },
  states: {
    get: {"method":"GET","path":"/v1/projects/{project}/state","answer":"json"},
    read: {"method":"GET","path":"/v1/projects/{project}/state/raw","answer":"json"},
    write: {"method":"POST","path":"/v1/projects/{project}/state/raw","query":["ID"],"headers":["Idempotency-Key","Content-MD5"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/projects/{project}/state/raw","query":["ID"],"headers":["Idempotency-Key"],"answer":"json"},
    lock: {"method":"POST","path":"/v1/projects/{project}/state/lock","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    unlock: {"method":"POST","path":"/v1/projects/{project}/state/unlock","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    listVersions: {"method":"GET","path":"/v1/projects/{project}/state/versions","query":["limit","offset"],"answer":"page"},
    getVersion: {"method":"GET","path":"/v1/projects/{project}/state/versions/{state_version}","headers":["If-None-Match"],"answer":"json"},
    downloadVersion: {"method":"GET","path":"/v1/projects/{project}/state/versions/{state_version}/raw","answer":"json"},
    restoreVersion: {"method":"POST","path":"/v1/projects/{project}/state/versions/{state_version}/restore","headers":["Idempotency-Key"],"answer":"json"},
    listOutputs: {"method":"GET","path":"/v1/projects/{project}/outputs","query":["reveal","limit","offset"],"answer":"page"},
    listResources: {"method":"GET","path":"/v1/projects/{project}/resources","query":["limit","offset"],"answer":"page"},
  },
  gitOps: {
    listGitHooks: {"method":"GET","path":"/v1/gitops/hooks","query":["limit","offset"],"answer":"page"},
    createGitHook: {"method":"POST","path":"/v1/gitops/hooks","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    getGitHook: {"method":"GET","path":"/v1/gitops/hooks/{git_hook}","headers":["If-None-Match"],"answer":"json"},
    replaceGitHook: {"method":"PUT","path":"/v1/gitops/hooks/{git_hook}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    updateGitHook: {"method":"PATCH","path":"/v1/gitops/hooks/{git_hook}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    deleteGitHook: {"method":"DELETE","path":"/v1/gitops/hooks/{git_hook}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    rotateGitHook: {"method":"POST","path":"/v1/gitops/hooks/{git_hook}/rotate","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    listGitDeliveries: {"method":"GET","path":"/v1/gitops/hooks/{git_hook}/deliveries","query":["status","limit","offset"],"answer":"page"},
    getGitDelivery: {"method":"GET","path":"/v1/gitops/hooks/{git_hook}/deliveries/{git_delivery}","headers":["If-None-Match"],"answer":"json"},
    receiveGitEvent: {"method":"POST","path":"/v1/gitops/{git_token}","body":"json","answer":"json"},
  },
  openai: {
    createChatCompletion: {"method":"POST","path":"/v1/chat/completions","headers":["Idempotency-Key"],"body":"json","answer":"json_or_stream"},
    listModels: {"method":"GET","path":"/v1/models","answer":"json"},
    getModel: {"method":"GET","path":"/v1/models/{agent}","headers":["If-None-Match"],"answer":"json"},
  },
  keys: {
    list: {"method":"GET","path":"/v1/auth/keys","query":["status","user","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/auth/keys","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/auth/keys/{key}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/auth/keys/{key}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/auth/keys/{key}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    revoke: {"method":"DELETE","path":"/v1/auth/keys/{key}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    getIdentity: {"method":"GET","path":"/v1/auth/me","answer":"json"},
    validate: {"method":"GET","path":"/v1/auth/validate","answer":"json"},
  },
  users: {
    list: {"method":"GET","path":"/v1/users","query":["email","status","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/users","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/users/{user}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/users/{user}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/users/{user}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/users/{user}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    getOwn: {"method":"GET","path":"/v1/users/self","headers":["If-None-Match"],"answer":"json"},
    listGroups: {"method":"GET","path":"/v1/groups","query":["limit","offset"],"answer":"page"},
    createGroup: {"method":"POST","path":"/v1/groups","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    getGroup: {"method":"GET","path":"/v1/groups/{group}","headers":["If-None-Match"],"answer":"json"},
    replaceGroup: {"method":"PUT","path":"/v1/groups/{group}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    updateGroup: {"method":"PATCH","path":"/v1/groups/{group}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    deleteGroup: {"method":"DELETE","path":"/v1/groups/{group}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    listGroupMembers: {"method":"GET","path":"/v1/groups/{group}/members","query":["limit","offset"],"answer":"page"},
    addGroupMember: {"method":"PUT","path":"/v1/groups/{group}/members/{user}","headers":["Idempotency-Key"],"answer":"json"},
    removeGroupMember: {"method":"DELETE","path":"/v1/groups/{group}/members/{user}","headers":["Idempotency-Key"],"answer":"json"},
  },
  webhooks: {
    list: {"method":"GET","path":"/v1/webhooks","query":["kind","limit","offset"],"answer":"page"},
    create: {"method":"POST","path":"/v1/webhooks","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    get: {"method":"GET","path":"/v1/webhooks/{webhook}","headers":["If-None-Match"],"answer":"json"},
    replace: {"method":"PUT","path":"/v1/webhooks/{webhook}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    update: {"method":"PATCH","path":"/v1/webhooks/{webhook}","headers":["Idempotency-Key","If-Match"],"body":"json","answer":"json"},
    delete: {"method":"DELETE","path":"/v1/webhooks/{webhook}","headers":["Idempotency-Key","If-Match"],"answer":"json"},
    rotateSecret: {"method":"POST","path":"/v1/webhooks/{webhook}/rotate-secret","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    test: {"method":"POST","path":"/v1/webhooks/{webhook}/test","headers":["Idempotency-Key"],"body":"json","answer":"json"},
    listDeliveries: {"method":"GET","path":"/v1/webhooks/{webhook}/deliveries","query":["status","event","limit","offset"],"answer":"page"},
    getDeliveryOf: {"method":"GET","path":"/v1/webhooks/{webhook}/deliveries/{delivery}","headers":["If-None-Match"],"answer":"json"},
    redeliverOf: {"method":"POST","path":"/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver","headers":["Idempotency-Key"],"answer":"json"},
    getDelivery: {"method":"GET","path":"/v1/webhooks/deliveries/{delivery}","headers":["If-None-Match"],"answer":"json"},
    redeliverDelivery: {"method":"POST","path":"/v1/webhooks/deliveries/{delivery}/redeliver","headers":["Idempotency-Key"],"answer":"json"},
    listEvents: {"method":"GET","path":"/v1/webhooks/{webhook}/events","query":["status","limit","offset"],"answer":"page"},
    getEvent: {"method":"GET","path":"/v1/webhooks/{webhook}/events/{event}","headers":["If-None-Match"],"answer":"json"},
    replayEvent: {"method":"POST","path":"/v1/webhooks/{webhook}/events/{event}/replay","headers":["Idempotency-Key"],"answer":"json"},
    postEvent: {"method":"POST","path":"/hooks/{token}","query":["wait","timeout"],"body":"json","answer":"json"},
  },
  audit: {
    list: {"method":"GET","path":"/v1/audit","query":["from","to","category","category_name","resource_type","resource","action","email","successful","session_id","limit","offset"],"answer":"page"},
    stream: {"method":"GET","path":"/v1/audit/stream","query":["from","to","category","category_name","resource_type","resource","action","email","successful","session_id","last_event_id"],"headers":["Last-Event-ID"],"answer":"stream"},
    get: {"method":"GET","path":"/v1/audit/{item}","headers":["If-None-Match"],"answer":"json"},
  },
  server: {
    getHealth: {"method":"GET","path":"/healthz","answer":"json"},
    getReadiness: {"method":"GET","path":"/readyz","answer":"json"},
    getMetrics: {"method":"GET","path":"/metrics","answer":"text"},
    getDescriptionAsYaml: {"method":"GET","path":"/openapi.yaml","headers":["If-None-Match"],"answer":"text"},
    getDescriptionAsJson: {"method":"GET","path":"/openapi.json","headers":["If-None-Match"],"answer":"json"},
  },
};


const VERSION = "0.1.0";
const DEFAULT_BASE_URL = "http://127.0.0.1:8080/v1";
/** Query parameters of these names have options with another one. */
const OPTIONS_OF_CALLS = new Set(["signal", "timeout", "maxRetries", "headers"]);
const RETRIED_STATUSES = new Set([408, 429, 502, 503, 504]);
const LONGEST_WAIT_SECONDS = 60;

/** What every error of this library is. */
class KubiyaError extends Error {
  constructor(message, facts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    /** HTTP status; undefined when there was no answer. */
    this.status = facts.status;
    /** One word that does not change: NOT_FOUND, VALIDATION_FAILED, … */
    this.errorCode = facts.errorCode;
    /** What was wrong and what to do. */
    this.details = facts.details;
    /** Wrong fields: [{field, message}]. */
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId;
    /** Seconds to wait before the next try, where the server says so. */
    this.retryAfter = facts.retryAfter;
  }
}

/** There was no answer: refused, cut off, no such host. */
class ConnectionError extends KubiyaError {}
/** The answer took longer than `timeout`. */
class TimeoutError extends KubiyaError {}
/** 400: something in the request is wrong, see `errors`. */
class ValidationError extends KubiyaError {}
/** 401: no key, or one that is not good. */
class AuthenticationError extends KubiyaError {}
/** 403: the key may not do this. */
class PermissionError extends KubiyaError {}
/** 404. */
class NotFoundError extends KubiyaError {}
/** 409 and 423: it exists already, or somebody else holds it. */
class ConflictError extends KubiyaError {}
/** 412: somebody else changed it since. */
class PreconditionFailedError extends KubiyaError {}
/** 429: too many requests, see `retryAfter`. */
class RateLimitError extends KubiyaError {}
/** 5xx. */
class ServerError extends KubiyaError {}

function errorClass(status) {
  switch (status) {
    case 400: case 413: case 415: case 422: return ValidationError;
    case 401: return AuthenticationError;
    case 403: return PermissionError;
    case 404: return NotFoundError;
    case 409: case 423: return ConflictError;
    case 412: return PreconditionFailedError;
    case 429: return RateLimitError;
    default: return status >= 500 ? ServerError : KubiyaError;
  }
}

async function errorOf(response) {
  const text = await response.text().catch(() => "");
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    // An answer of something in between: its text is all there is.
  }
  // The OpenAI-compatible paths have that API's form.
  const inner = typeof body.error === "object" && body.error !== null ? body.error : null;
  const details = body.details ?? inner?.message ?? (text.slice(0, 500) || response.statusText);
  const retryAfter = Number(response.headers.get("Retry-After") ?? body.retryAfter);
  return new (errorClass(response.status))(details, {
    status: response.status,
    errorCode: body.errorCode ?? inner?.code ?? undefined,
    details,
    errors: body.errors,
    requestId: body.requestId ?? response.headers.get("X-Request-Id") ?? undefined,
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  });
}

/** A page of a list. Iterating over it goes on with the rows of the pages that follow. */
class Page {
  #load;

  constructor(body, load) {
    this.data = body.data;
    this.pagination = body.pagination;
    this.#load = load;
  }

  get hasNext() {
    const { total, limit, offset } = this.pagination;
    return this.data.length > 0 && limit > 0 && offset + this.data.length < total;
  }

  /** The next page, or null after the last. */
  async next() {
    return this.hasNext ? this.#load(this.pagination.offset + this.data.length) : null;
  }

  async *[Symbol.asyncIterator]() {
    for (let page = this; page !== null; page = await page.next()) {
      yield* page.data;
    }
  }
}

/** A list that is being asked for: await it for the first page, or iterate over all rows. */
class PagePromise {
  #page;
  #ask;

  constructor(ask) {
    this.#ask = ask;
  }

  #first() {
    return (this.#page ??= this.#ask());
  }

  then(resolve, reject) {
    return this.#first().then(resolve, reject);
  }

  catch(reject) {
    return this.#first().catch(reject);
  }

  finally(action) {
    return this.#first().finally(action);
  }

  async *[Symbol.asyncIterator]() {
    yield* await this.#first();
  }

  /** Every row, in one array. */
  async all() {
    const rows = [];
    for await (const row of this) {
      rows.push(row);
    }
    return rows;
  }
}

/**
 * Server-sent events: `{id, event, data}`, with `data` parsed where it is JSON. A connection that is lost goes on after the
 * last event that was read, where the operation can.
 */
class EventStream {
  #open;
  #response;
  #lastId;
  #retries;
  #closed = false;

  constructor(response, open, retries) {
    this.#response = response;
    this.#open = open;
    this.#retries = retries;
    this.headers = response.headers;
  }

  /** Hangs up. */
  async close() {
    this.#closed = true;
    await this.#response.body?.cancel().catch(() => {});
  }

  async *[Symbol.asyncIterator]() {
    let failures = 0;
    try {
      while (!this.#closed) {
        try {
          for await (const event of readEvents(this.#response.body)) {
            failures = 0;
            if (event.id) {
              this.#lastId = event.id;
            }
            if (event.data === "[DONE]") {
              return;
            }
            yield event;
          }
          return;
        } catch (error) {
          if (this.#closed) {
            return;
          }
          if (error instanceof KubiyaError || !this.#open || this.#lastId === undefined || failures >= this.#retries) {
            throw error instanceof KubiyaError
              ? error
              : new ConnectionError("the stream was cut off", { cause: error });
          }
          await sleep(backoff(failures++));
          this.#response = await this.#open(this.#lastId);
        }
      }
    } finally {
      if (!this.#closed) {
        await this.close();
      }
    }
  }
}

async function* readEvents(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  let id = "";
  let event = "";
  let data = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) {
            yield { id, event: event || "message", data: parsed(data.join("\n")) };
          }
          event = "";
          data = [];
          continue;
        }
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (field === "data") {
          data.push(text);
        } else if (field === "id") {
          id = text;
        } else if (field === "event") {
          event = text;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sleep(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** Seconds before the try after this many failures: doubling from half a second, with some chance in it. */
function backoff(failures) {
  return Math.min(8, 0.5 * 2 ** failures) * (0.75 + Math.random() / 2);
}

function camel(name) {
  return name
    .split(/[-_]/)
    .map((word, i) => (i === 0 ? word[0].toLowerCase() + word.slice(1) : word[0].toUpperCase() + word.slice(1).toLowerCase()))
    .join("");
}

/** Speaks to a Kubiya server. Resources are properties: `client.agents.list()`, `client.tools.execute(…)`. */
class KubiyaClient {
  #apiKey;
  #origin;
  #base;
  #timeout;
  #retries;
  #fetch;

  constructor(options = {}) {
    const environment = globalThis.process?.env ?? {};
    this.#apiKey = options.apiKey ?? environment.KUBIYA_API_KEY;
    if (!this.#apiKey) {
      throw new KubiyaError("no API key: pass { apiKey } or set KUBIYA_API_KEY");
    }
    this.#base = String(options.baseUrl ?? environment.KUBIYA_BASE_URL ?? DEFAULT_BASE_URL).replace(/\/+$/, "");
    this.#origin = this.#base.replace(/\/v\d+$/, "");
    this.#timeout = options.timeout ?? 60_000;
    this.#retries = options.maxRetries ?? 2;
    this.#fetch = options.fetch ?? ((...call) => globalThis.fetch(...call));
    for (const [resource, operations] of Object.entries(OPERATIONS)) {
      const methods = {};
      for (const [name, operation] of Object.entries(operations)) {
        methods[name] = (...parameters) => this.#call(operation, parameters);
      }
      this[resource] = Object.freeze(methods);
    }
    Object.freeze(this);
  }

  /** All teammates: `agents.list().all()` under the name that they have in the overview. */
  getTeammates() {
    return this.agents.list().all();
  }

  #call(operation, parameters) {
    const names = [...operation.path.matchAll(/\{([^}]+)}/g)].map((match) => match[1]);
    const rest = [...parameters];
    let path = operation.path;
    for (const name of names) {
      const value = rest.shift();
      if (value === undefined || value === null || value === "") {
        throw new KubiyaError(`${operation.method} ${operation.path} needs ${name}`);
      }
      path = path.replace(`{${name}}`, encodeURIComponent(value));
    }
    const body = operation.body ? rest.shift() : undefined;
    const options = rest.shift() ?? {};
    switch (operation.answer) {
      case "page":
        return new PagePromise(() => this.#page(operation, path, options));
      case "stream":
        return this.#stream(operation, path, body, options);
      default:
        return this.#request(operation, path, body, options).then((response) => this.#read(operation, path, body, options, response));
    }
  }

  async #page(operation, path, options) {
    const response = await this.#request(operation, path, undefined, options);
    return new Page(await response.json(), (offset) => this.#page(operation, path, { ...options, page: undefined, offset }));
  }

  async #stream(operation, path, body, options) {
    const response = await this.#request(operation, path, body, options);
    return this.#events(operation, path, body, options, response);
  }

  #events(operation, path, body, options, response) {
    const resumes = operation.headers?.includes("Last-Event-ID") && operation.method === "GET";
    const open = resumes ? (lastEventId) => this.#request(operation, path, body, { ...options, lastEventId }) : null;
    return new EventStream(response, open, this.#retries);
  }

  async #read(operation, path, body, options, response) {
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("text/event-stream")) {
      return this.#events(operation, path, body, options, response);
    }
    if (operation.answer === "empty" || response.status === 204) {
      await response.body?.cancel();
      return undefined;
    }
    return type.startsWith("application/json") ? response.json() : response.text();
  }

  #url(operation, path, options) {
    const url = new URL(path.startsWith("/v1/") ? this.#base + path.slice(3) : this.#origin + path);
    for (const name of operation.query ?? []) {
      const value = options[OPTIONS_OF_CALLS.has(name) ? `${name}_query` : name];
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== null) {
          url.searchParams.append(name, one instanceof Date ? one.toISOString() : String(one));
        }
      }
    }
    return url;
  }

  #headers(operation, options, body) {
    const headers = new Headers(options.headers ?? {});
    headers.set("Authorization", `UserKey ${this.#apiKey}`);
    headers.set("X-Client", `kubiya-sdk-javascript/${VERSION}`);
    for (const name of operation.headers ?? []) {
      const value = options[camel(name)];
      if (value !== undefined && value !== null) {
        headers.set(name, String(value));
      }
    }
    if (operation.body === "json" && body !== undefined) {
      headers.set("Content-Type", "application/json");
    }
    // So that a write whose answer was lost can be sent again without doing it twice.
    if (operation.headers?.includes("Idempotency-Key") && !headers.has("Idempotency-Key")) {
      headers.set("Idempotency-Key", globalThis.crypto.randomUUID());
    }
    return headers;
  }

  async #request(operation, path, body, options) {
    const url = this.#url(operation, path, options);
    const headers = this.#headers(operation, options, body);
    const repeatable =
      ["GET", "PUT", "DELETE"].includes(operation.method) || headers.has("Idempotency-Key");
    const retries = repeatable ? (options.maxRetries ?? this.#retries) : 0;
    for (let failures = 0; ; failures++) {
      let failure;
      try {
        const response = await this.#once(url, operation, headers, body, options);
        if (response.ok) {
          return response;
        }
        failure = await errorOf(response);
        if (!RETRIED_STATUSES.has(response.status)) {
          throw failure;
        }
      } catch (error) {
        if (!(error instanceof ConnectionError)) {
          throw error;
        }
        failure = error;
      }
      const wait = failure.retryAfter ?? backoff(failures);
      if (failures >= retries || wait > LONGEST_WAIT_SECONDS) {
        throw failure;
      }
      await sleep(wait);
      options.signal?.throwIfAborted();
    }
  }

  async #once(url, operation, headers, body, options) {
    const timer = new AbortController();
    const limit = options.timeout ?? this.#timeout;
    // Until the headers are there; a stream may go on for as long as it likes.
    const alarm = limit > 0 ? setTimeout(() => timer.abort(), limit) : undefined;
    const signal = options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal;
    try {
      return await this.#fetch(url, {
        method: operation.method,
        headers,
        body: body === undefined ? undefined : operation.body === "form" ? body : JSON.stringify(body),
        redirect: "error",
        signal,
      });
    } catch (error) {
      if (timer.signal.aborted) {
        throw new TimeoutError(`no answer within ${limit} ms from ${url.origin}`, { cause: error });
      }
      if (options.signal?.aborted) {
        throw error;
      }
      const reason = error.cause?.code ?? error.cause?.message ?? error.message;
      throw new ConnectionError(`no answer from ${url.origin}: ${reason}`, { cause: error });
    } finally {
      clearTimeout(alarm);
    }
  }
}

module.exports = {
  KubiyaError,
  ConnectionError,
  TimeoutError,
  ValidationError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  ConflictError,
  PreconditionFailedError,
  RateLimitError,
  ServerError,
  Page,
  PagePromise,
  EventStream,
  KubiyaClient,
};
