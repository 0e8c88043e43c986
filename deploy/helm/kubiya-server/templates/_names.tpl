{{- define "server.name" -}}
{{- printf "kubiya-server-%s" (.Release.Name | trimPrefix "kubiya-server-") | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "server.labels" -}}
app.kubernetes.io/name: kubiya-server
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "server.toolNamespace" -}}
{{- .Values.kubernetes.namespace | default .Release.Namespace -}}
{{- end -}}

{{- define "server.publicUrl" -}}
{{- .Values.server.publicUrl | default (printf "http://%s.%s:%d" (include "server.name" .) .Release.Namespace (.Values.service.port | int)) -}}
{{- end -}}

{{/* Several servers share one database and one master key; the embedded database and the file are of one alone. */}}
{{- define "server.check" -}}
{{- if and (gt (.Values.replicas | int) 1) (not .Values.server.existingSecret) -}}
{{- if not .Values.database.url -}}
{{- fail "more than one replica needs database.url, or server.existingSecret with KUBIYA_DATABASE_URL" -}}
{{- end -}}
{{- if not .Values.server.masterKey -}}
{{- fail "more than one replica needs server.masterKey, or server.existingSecret with KUBIYA_MASTER_KEY" -}}
{{- end -}}
{{- end -}}
{{- end -}}
